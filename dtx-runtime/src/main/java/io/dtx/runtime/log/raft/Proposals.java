package io.dtx.runtime.log.raft;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What this member has proposed and not heard of yet. Thread-safe. */
final class Proposals {

    private static final long AWAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Set<Proposal> inFlight = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition fewer = lock.newCondition();
    private volatile boolean ended;

    /** Adds one; false if none is taken any more. */
    boolean add(Proposal proposal) {
        inFlight.add(proposal);
        var unused = proposal.index().whenComplete((index, failure) -> remove(proposal));
        if (ended) {
            inFlight.remove(proposal);
            return false;
        }
        return true;
    }

    /** How long the oldest one has waited; 0 if there is none. */
    long oldestNanos() {
        return inFlight.stream().mapToLong(Proposal::ageNanos).max().orElse(0);
    }

    /** Waits a while until all have been heard of, or the member has halted. */
    void awaitNone(Gate gate) {
        lock.lock();
        try {
            long left = AWAIT_NANOS;
            while (!inFlight.isEmpty() && gate.isOpen() && left > 0) {
                left = fewer.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Of those in flight nothing will be heard. */
    void giveUp(String why) {
        inFlight.forEach(each -> each.unknown(why));
    }

    /** Takes none any more; of those in flight nothing will be heard. */
    void end(String why) {
        ended = true;
        giveUp(why);
    }

    private void remove(Proposal proposal) {
        inFlight.remove(proposal);
        lock.lock();
        try {
            fewer.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
