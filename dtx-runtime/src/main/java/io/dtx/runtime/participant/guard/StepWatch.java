package io.dtx.runtime.participant.guard;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends steps that are out of time: first it cancels the statement that runs and lets nothing be committed any more, then,
 * after a grace, it closes the connection. One daemon thread per resource, none per step.
 */
final class StepWatch implements AutoCloseable {

    private static final long PERIOD_NANOS = 100_000_000;
    private static final long GRACE_NANOS = 5_000_000_000L;

    private final Map<LocalTransaction, Long> deadlines = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    StepWatch(String resource) {
        thread = new Thread(this::watch, "dtx-guard-" + resource);
        thread.setDaemon(true);
        thread.start();
    }

    /** Watches a transaction until it ends; the deadline is a {@link System#nanoTime()}. */
    void add(LocalTransaction transaction, long deadlineNanos) {
        deadlines.put(transaction, deadlineNanos);
    }

    void release(LocalTransaction transaction) {
        deadlines.remove(transaction);
    }

    private void watch() {
        while (!closed) {
            LockSupport.parkNanos(this, PERIOD_NANOS);
            long now = System.nanoTime();
            deadlines.forEach((transaction, deadline) -> {
                if (now - deadline > GRACE_NANOS) {
                    transaction.abandon();
                    deadlines.remove(transaction);
                } else if (now - deadline > 0) {
                    transaction.expire();
                }
            });
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
