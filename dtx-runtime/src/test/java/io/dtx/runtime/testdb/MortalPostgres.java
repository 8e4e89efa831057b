package io.dtx.runtime.testdb;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A PostgreSQL server of one test. Linux only. */
public final class MortalPostgres implements MortalServer {

    private static final String USER = "postgres";
    private static final String PROCESS_FILE = "postmaster.pid";

    private final Path data;
    private EmbeddedPostgres server;

    /** Starts it. */
    public MortalPostgres() throws IOException {
        data = DataDirectory.create();
        server = ServerStart.start(this::builder);
    }

    @Override
    public TestDatabase database(String name) {
        database().execute("CREATE DATABASE " + name);
        return new TestDatabase("jdbc:postgresql://localhost:" + server.getPort() + "/" + name, USER, USER);
    }

    private TestDatabase database() {
        return new TestDatabase("jdbc:postgresql://localhost:" + server.getPort() + "/postgres", USER, USER);
    }

    /** Kills the server's first process, which restarts the others if they die, and then the others. */
    @Override
    public void kill() throws IOException {
        first().ifPresent(ProcessHandle::destroyForcibly);
        for (List<ProcessHandle> left = processes(); !left.isEmpty(); left = processes()) {
            left.forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Override
    public void restart() throws IOException {
        Files.delete(data.resolve(PROCESS_FILE)); // a dead process that nobody waited for would count as running
        int port = server.getPort();
        server.close();
        server = builder().setPort(port).start();
    }

    /** Stops the first process before the others, so that it makes no more of them. */
    @Override
    public void stop() throws IOException {
        first().ifPresent(each -> MortalServer.signal(each, "STOP"));
        processes().forEach(each -> MortalServer.signal(each, "STOP"));
    }

    @Override
    public void wakeUp() {
        processes().forEach(each -> MortalServer.signal(each, "CONT"));
    }

    private Optional<ProcessHandle> first() throws IOException {
        String number = Files.readAllLines(data.resolve(PROCESS_FILE)).get(0);
        return ProcessHandle.of(Long.parseLong(number.strip()));
    }

    /** Without a socket in the file system: a lock file would outlive the server there. */
    private EmbeddedPostgres.Builder builder() {
        return PostgresFixture.durable(data)
                .setServerConfig("unix_socket_directories", "''")
                .setCleanDataDirectory(false);
    }

    /** Returns those that work in the data directory, as all of the server's do. */
    private List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses().filter(this::isOurs).toList();
    }

    private boolean isOurs(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", String.valueOf(process.pid()), "cwd"))
                    .equals(data);
        } catch (IOException e) {
            return false; // it is gone
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        DataDirectory.delete(data);
    }
}
