package io.dtx.runtime.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Threads that place one order after the other at a shop, until they have enough. */
final class Customers implements AutoCloseable {

    /** How long whatever must happen may take. */
    static final long PATIENCE_MILLIS = 60_000;

    private final Shop shop;
    private final ExecutorService threads;
    private final AtomicInteger orders = new AtomicInteger();
    private final AtomicInteger placed = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final Queue<Throwable> unexpected = new ConcurrentLinkedQueue<>();
    private volatile boolean enough;

    /** So many begin at once. */
    Customers(Shop shop, int count) {
        this.shop = shop;
        this.threads = Executors.newFixedThreadPool(count);
        for (int i = 0; i < count; i++) {
            threads.execute(this::order);
        }
    }

    private void order() {
        while (!enough) {
            int order = orders.incrementAndGet();
            Throwable failure = shop.place(order);
            if (failure == null) {
                placed.incrementAndGet();
            } else {
                failed.incrementAndGet();
                if (!Orders.isRefused(order) && !Orders.isRegretted(order)) {
                    unexpected.add(failure);
                }
            }
        }
    }

    /** How many orders have been placed. */
    int placed() {
        return placed.get();
    }

    /** How many orders have failed, also those that had to. */
    int failed() {
        return failed.get();
    }

    /** How many orders have failed that the shop takes on a good day. */
    int unexpected() {
        return unexpected.size();
    }

    /** Why they have failed. */
    Collection<Throwable> failures() {
        return unexpected;
    }

    /** Waits until so many more orders have been placed. */
    void awaitPlaced(int more) {
        int before = placed();
        await(() -> placed() >= before + more);
    }

    /** Waits until so many more orders have failed that the shop takes on a good day. */
    void awaitUnexpected(int more) {
        int before = unexpected();
        await(() -> unexpected() >= before + more);
    }

    /** They have enough; all of them must come back. */
    void leave() throws InterruptedException {
        enough = true;
        threads.shutdown();
        assertThat(threads.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
                .as("no caller hangs")
                .isTrue();
    }

    /** Nobody places another order. */
    @Override
    public void close() {
        enough = true;
        threads.shutdown();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("waited").isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }
}
