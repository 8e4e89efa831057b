package io.dtx.runtime.participant.xa;

import io.dtx.runtime.participant.DecisionLog;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The thread that lets the recovery look: at once, when something was left behind here or another session has ended, and every so
 * often.
 */
final class Caretaker implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Caretaker.class.getName());
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Recovery recovery;
    private final DecisionLog log;
    private final long intervalNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private boolean woken;
    private boolean closed;

    Caretaker(Recovery recovery, DecisionLog log, long intervalMillis) {
        this.recovery = recovery;
        this.log = log;
        this.intervalNanos = TimeUnit.MILLISECONDS.toNanos(intervalMillis);
        this.thread = new Thread(this::run, "dtx-xa-recovery");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Something may have been left behind. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        long next = System.nanoTime();
        while (true) {
            boolean clean = true;
            try {
                if (System.nanoTime() - next >= 0) {
                    clean = recovery.pass();
                    next = System.nanoTime() + (clean ? intervalNanos : Math.min(SECOND, intervalNanos));
                }
            } catch (Throwable e) { // nobody else looks in this process
                failed(e);
                next = System.nanoTime() + SECOND;
            }
            try {
                log.flush();
            } catch (Throwable e) {
                failed(e);
            }
            if (isClosedAfter(Math.min(SECOND, Math.max(1, next - System.nanoTime())))) {
                recovery.awaitScans();
                return;
            }
            lock.lock();
            try {
                if (woken) {
                    woken = false;
                    next = System.nanoTime();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private static void failed(Throwable failure) {
        LOG.log(
                System.Logger.Level.WARNING,
                "DTX-3515 looking after what is in doubt failed; it is tried again",
                failure);
    }

    private boolean isClosedAfter(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (!closed && !woken && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            closed = true;
        } finally {
            lock.unlock();
        }
        return closed;
    }

    /** Lets a scan that has begun end. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
