package io.dtx.examples.bank;

import io.dtx.TransactionMode;
import io.dtx.runtime.Dtx;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** A process of the bank: works until it is killed, or its standard input ends. What an earlier one has left, dtx finishes. */
final class Worker {
    static final int THREADS = 4;

    private Worker() {}

    /** Takes the mode and the number of its first transaction. */
    public static void main(String[] arguments) throws Exception {
        boolean atomic = TransactionMode.valueOf(arguments[0]) == TransactionMode.ATOMIC;
        Class<? extends SmallBank> bank = atomic ? AtomicBank.class : SagaBank.class;
        run(SeContainerInitializer.newInstance(), bank, Long.parseLong(arguments[1]));
    }

    /** Works with the bank of this type. */
    static void run(SeContainerInitializer beans, Class<? extends SmallBank> type, long first) throws Exception {
        System.setProperty("org.jboss.logging.provider", "slf4j");
        Journal journal = new Journal(Databases.pool("journal"));
        try (SeContainer container = beans.initialize()) {
            Workload workload = new Workload(container.select(type).get(), journal);
            AtomicBoolean closed = new AtomicBoolean();
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            for (int i = 0; i < THREADS; i++) {
                long own = first + i;
                threads.execute(() -> work(workload, own, closed));
            }
            awaitEndOfInput();
            closed.set(true);
            threads.shutdown();
            threads.awaitTermination(1, TimeUnit.MINUTES);
            awaitNothingOpen(container.select(Dtx.class).get(), journal);
        }
        System.exit(0);
    }

    private static void work(Workload workload, long first, AtomicBoolean closed) {
        try {
            for (long number = first; !closed.get(); number += THREADS) {
                workload.ask(number);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the journal cannot be written", e);
        }
    }

    private static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            continue; // nothing is said
        }
    }

    private static void awaitNothingOpen(Dtx dtx, Journal journal) throws Exception {
        long patience = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while ((journal.prepared() > 0
                        || !dtx.transactions()
                                .list(each -> !each.status().isFinal())
                                .isEmpty())
                && System.nanoTime() - patience < 0) {
            LockSupport.parkNanos(10_000_000);
        }
    }
}
