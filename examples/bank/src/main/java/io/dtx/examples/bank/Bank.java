package io.dtx.examples.bank;

import io.dtx.TransactionMode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Runs a bank over two PostgreSQL databases, kills its worker every few seconds, and audits the books. */
public final class Bank {
    private static final long NUMBERS_PER_WORKER = 1_000_000;
    private static final int SECONDS = 4;

    private Bank() {}

    /** Takes the mode, {@code atomic} or {@code saga}, and how often the worker is killed. */
    public static void main(String[] arguments) throws Exception {
        TransactionMode mode =
                TransactionMode.valueOf(arguments.length == 0 ? "ATOMIC" : arguments[0].toUpperCase(Locale.ROOT));
        int kills = arguments.length < 2 ? 5 : Integer.parseInt(arguments[1]);
        Path directory = Files.createTempDirectory("dtx-bank");
        Audit audit;
        try (EmbeddedPostgres server = start(directory.resolve("postgres"))) {
            audit = run(server, mode, kills, directory);
        }
        System.out.println(audit.line(mode));
        System.exit(audit.isClean() ? 0 : 1);
    }

    /** Starts a server that keeps what it has committed. */
    static EmbeddedPostgres start(Path data) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setPGStartupWait(Duration.ofMinutes(1))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "200")
                .setServerConfig("max_prepared_transactions", "100")
                .start();
    }

    /** Lets workers work and die, the last one excepted, and audits. */
    static Audit run(EmbeddedPostgres server, TransactionMode mode, int kills, Path directory) throws Exception {
        for (String each : List.of("east", "west")) {
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + each);
            }
            Ledger.create(server.getDatabase("postgres", each), Worker.ACCOUNTS);
        }
        for (int i = 0; i < kills; i++) {
            Process worker = worker(server, mode, directory, i, Integer.MAX_VALUE);
            awaitTransfers(server, worker, i);
            if (!worker.waitFor(SECONDS, TimeUnit.SECONDS)) {
                worker.destroyForcibly().waitFor();
                System.out.println("*** kill -9, number " + (i + 1) + ": " + Audit.of(server) + " ***");
            }
        }
        int exit = worker(server, mode, directory, kills, SECONDS).waitFor();
        if (exit != 0) {
            throw new IllegalStateException("the last worker ended with " + exit);
        }
        return Audit.of(server);
    }

    private static Process worker(EmbeddedPostgres server, TransactionMode mode, Path directory, int run, int seconds)
            throws IOException {
        ProcessBuilder process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // it does not live long
                "-XX:+UseSerialGC",
                Worker.class.getName(),
                mode.name(),
                directory.toString(),
                "jdbc:postgresql://localhost:" + server.getPort() + "/",
                String.valueOf(run * NUMBERS_PER_WORKER),
                String.valueOf(seconds));
        process.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return process.inheritIO().start();
    }

    private static void awaitTransfers(EmbeddedPostgres server, Process worker, int run)
            throws SQLException, InterruptedException {
        String begun = "SELECT count(*) FROM request WHERE transfer >= " + run * NUMBERS_PER_WORKER;
        while (Audit.number(server, "east", begun) == 0) {
            if (worker.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("worker " + run + " ended by itself with " + worker.exitValue());
            }
        }
    }
}
