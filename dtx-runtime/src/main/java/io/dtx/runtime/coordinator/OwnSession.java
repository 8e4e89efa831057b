package io.dtx.runtime.coordinator;

import io.dtx.TransactionId;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * This process's session: hands out transaction numbers and knows which of its transactions are still served by a thread.
 * Thread-safe.
 */
public final class OwnSession {

    private final long cluster;
    private final long id;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final Set<Long> served = new LinkedHashSet<>(); // oldest first: numbers are handed out in order
    private long lastNumber;
    private volatile boolean ended;

    OwnSession(long cluster, long id) {
        this.cluster = cluster;
        this.id = id;
    }

    /** Returns the log index at which it was opened. */
    public long id() {
        return id;
    }

    /** Returns whether it was ended by others: nothing is begun or decided in it any more. */
    public boolean isEnded() {
        return ended;
    }

    void end() {
        ended = true;
    }

    /** Names a new transaction; it counts as served until {@link #release}. */
    public TransactionId next() {
        lock.lock();
        try {
            served.add(++lastNumber);
            return new TransactionId(cluster, id, lastNumber);
        } finally {
            lock.unlock();
        }
    }

    /** No thread of this process works for the transaction any more. */
    public void release(TransactionId transaction) {
        lock.lock();
        try {
            served.remove(transaction.number());
            if (served.isEmpty()) {
                idle.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns the number of the oldest transaction that is served: no older one will be heard of from its owner. */
    public long lowWaterMark() {
        lock.lock();
        try {
            return served.isEmpty() ? lastNumber + 1 : served.iterator().next();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no transaction is served, or the time is over; returns whether none is. */
    public boolean awaitIdle(long millis) {
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lock();
        try {
            while (!served.isEmpty() && left > 0) {
                left = idle.awaitNanos(left);
            }
            return served.isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return served.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
