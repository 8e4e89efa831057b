package io.dtx.examples.bank;

import io.dtx.TransactionMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Runs a bank over two databases by several workers, kills one of them every few seconds, and audits the books. */
public final class Bank {
    private static final long NUMBERS_PER_LIFE = 1_000_000;
    private static final int ANSWERS = 30;

    private final Server server;
    private final TransactionMode mode;
    private final Coordinators coordinators;
    private final Class<?> worker;
    private final Process[] workers;
    private int lives;

    private Bank(Server server, TransactionMode mode, Coordinators coordinators, Class<?> worker, int workers) {
        this.server = server;
        this.mode = mode;
        this.coordinators = coordinators;
        this.worker = worker;
        this.workers = new Process[workers];
    }

    /** See {@link Options#USAGE}. */
    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments);
        boolean clean = true;
        for (TransactionMode mode : options.modes()) {
            Path directory = Files.createTempDirectory("dtx-bank");
            try (Server server = Server.start(directory.resolve("postgres"))) {
                Audit audit = run(server, mode, options, Worker.class, directory);
                System.out.println(audit.line(mode));
                clean &= audit.isClean();
            }
        }
        System.exit(clean ? 0 : 1);
    }

    /**
     * Lets workers work and die, and audits.
     *
     * @param worker their main class
     */
    static Audit run(Server server, TransactionMode mode, Options options, Class<?> worker, Path directory)
            throws Exception {
        try (Coordinators coordinators = Coordinators.start(directory, options.members())) {
            Bank bank = new Bank(server, mode, coordinators, worker, options.workers());
            try {
                bank.work(options);
                bank.stop();
            } finally {
                for (Process each : bank.workers) {
                    if (each != null) {
                        each.destroyForcibly().waitFor();
                    }
                }
            }
        }
        return Audit.of(server);
    }

    private void work(Options options) throws IOException, SQLException, InterruptedException {
        for (int i = 0; i < workers.length; i++) {
            workers[i] = start(i);
        }
        for (int i = 0; i < workers.length; i++) {
            awaitAnswers(i, i);
        }
        for (int kill = 0; kill < options.kills(); kill++) {
            int victim = kill % workers.length;
            if (!workers[victim].waitFor(options.seconds(), TimeUnit.SECONDS)) {
                workers[victim].destroyForcibly().waitFor();
                System.out.println("*** kill -9, number " + (kill + 1) + ": " + Audit.of(server) + " ***");
            }
            int life = lives;
            workers[victim] = start(victim);
            awaitAnswers(victim, life);
        }
        TimeUnit.SECONDS.sleep(options.seconds());
    }

    private Process start(int slot) throws IOException {
        Map<String, String> properties = new HashMap<>(coordinators.configuration(slot + 1));
        properties.put("bank.server", server.url());
        return Processes.start(worker, properties, mode.name(), String.valueOf(lives++ * NUMBERS_PER_LIFE));
    }

    /** Waits until a worker in this life of it has answered its customers. */
    private void awaitAnswers(int slot, int life) throws SQLException, InterruptedException {
        String answered = "SELECT count(*) FROM request WHERE answer IS NOT NULL AND transaction / " + NUMBERS_PER_LIFE
                + " = " + life;
        while (server.number("journal", answered) < ANSWERS) {
            if (workers[slot].waitFor(20, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        "worker " + (slot + 1) + " ended by itself with " + workers[slot].exitValue());
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private void stop() throws IOException, InterruptedException {
        for (Process each : workers) {
            each.getOutputStream().close();
        }
        for (Process each : workers) {
            if (!each.waitFor(3, TimeUnit.MINUTES) || each.exitValue() != 0) {
                throw new IllegalStateException("a worker did not end well");
            }
        }
    }
}
