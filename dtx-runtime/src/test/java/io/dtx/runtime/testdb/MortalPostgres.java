package io.dtx.runtime.testdb;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A PostgreSQL server of one test, which kills it with {@code kill -9} and starts it again on its data. Linux only. */
public final class MortalPostgres implements AutoCloseable {

    private static final String USER = "postgres";
    private static final String PROCESS_FILE = "postmaster.pid";

    private final Path data;
    private EmbeddedPostgres server;

    /** Starts it. */
    public MortalPostgres() throws IOException {
        data = DataDirectory.create();
        server = ServerStart.start(this::builder);
    }

    /** Makes an empty database. */
    public TestDatabase database(String name) {
        database().execute("CREATE DATABASE " + name);
        return new TestDatabase("jdbc:postgresql://localhost:" + server.getPort() + "/" + name, USER, USER);
    }

    private TestDatabase database() {
        return new TestDatabase("jdbc:postgresql://localhost:" + server.getPort() + "/postgres", USER, USER);
    }

    /** Kills the server's first process, which restarts the others if they die, and then the others. */
    public void kill() throws IOException {
        long postmaster = Long.parseLong(
                Files.readAllLines(data.resolve(PROCESS_FILE)).get(0).strip());
        ProcessHandle.of(postmaster).ifPresent(ProcessHandle::destroyForcibly);
        for (List<ProcessHandle> left = processes(); !left.isEmpty(); left = processes()) {
            left.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** Starts it again after it was killed. */
    public void restart() throws IOException {
        Files.delete(data.resolve(PROCESS_FILE)); // a dead process that nobody waited for would count as running
        int port = server.getPort();
        server.close();
        server = builder().setPort(port).start();
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
