package io.dtx.runtime.participant.guard;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends steps that are out of time: first it cancels the statement that runs and lets nothing be committed any more, then,
 * after a grace, it closes the connection. One daemon thread per resource, none per step.
 */
final class StepWatch implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(StepWatch.class.getName());

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
            deadlines.forEach((transaction, deadline) -> end(transaction, now - deadline));
        }
    }

    private void end(LocalTransaction transaction, long lateNanos) {
        try {
            if (lateNanos > GRACE_NANOS) {
                deadlines.remove(transaction);
                transaction.abandon();
            } else if (lateNanos > 0) {
                transaction.expire();
            }
        } catch (Throwable e) { // of a driver, or for want of memory: nobody else ends the other steps
            complain(transaction, e);
        }
    }

    private static void complain(LocalTransaction transaction, Throwable cause) {
        try {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "DTX-3552 " + transaction.use() + " is out of time, and what it waits for cannot be ended.",
                    cause);
        } catch (Throwable e) { // for want of memory
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
