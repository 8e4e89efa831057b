package io.dtx.runtime.coordinator;

import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * For a log in the same process. Whoever waits for an answer may append: a caller that finds nothing in flight does so at
 * once, and whoever has appended wakes one of those who wait to go on, before it wakes the others of its own entry. Who comes
 * first goes on: the one that was woken may have to wait for a processor, and the disk must not stand still meanwhile. So no
 * single thread has to be awake for all. What nobody waits for yet is appended by a thread of its own, which also lets time
 * pass when something is due.
 */
final class OwnLogBatcher extends Batcher {

    private static final long ENTRY_BYTES_MAX = 1 << 20;

    private int together; // submissions in the last entry; whoever leads
    private volatile long sleepsUntil; // log time; 0 while the thread is awake

    OwnLogBatcher(CoordinatorLink link, int queueMax, LongConsumer whenEnded) {
        super(link, ENTRY_BYTES_MAX, queueMax, whenEnded);
    }

    /** What is too large for an entry with others has one of its own. */
    @Override
    boolean fits(Submission submission) {
        return true;
    }

    @Override
    boolean leadIfFree() {
        if (isQueueEmpty() || inFlight.get() || !inFlight.compareAndSet(false, true)) {
            return false;
        }
        lead();
        return true;
    }

    /** A caller that does not wait any more may have been woken to go on, and will not. */
    @Override
    void unattended() {
        if (!inFlight.get()) {
            LockSupport.unpark(thread);
        }
    }

    /** Appends what is queued as one entry, hands over, and answers; the caller holds the flight. */
    @SuppressWarnings("ThreadPriorityCheck") // a hint: nothing depends on it
    private void lead() {
        List<Submission> flight = List.of();
        List<Reply> replies = List.of();
        if (together > 1) {
            Thread.yield(); // else those whom the last entry has just answered submit too late for this one
        }
        try {
            flight = new ArrayList<>();
            List<SessionBatch> batches = take(flight);
            together = flight.size();
            if (!batches.isEmpty() || link.nextDue() <= link.time()) {
                List<List<Reply>> answers = link.append(batches);
                replies = answers.isEmpty() ? List.of() : answers.get(0); // one batch of one session
                noteEnd(batches, replies);
            }
        } catch (RuntimeException | Error e) {
            fail(flight, e);
            return;
        }
        try {
            handOver();
        } finally {
            answer(flight, replies);
        }
    }

    /** Sees to it that somebody appends the next entry. Who comes to wait after the first line looks for itself. */
    private void handOver() {
        inFlight.set(false);
        if (isWaiterWoken()) {
            return;
        }
        if (!isQueueEmpty() || closed || link.nextDue() < sleepsUntil) {
            LockSupport.unpark(thread);
        }
    }

    /** Lets time pass, and appends what nobody waits for. */
    @Override
    void run() {
        while (failure == null && !(closed && isQueueEmpty())) {
            long due = link.nextDue();
            long millis = due - link.time();
            if (isQueueEmpty() && millis > 0) {
                sleepsUntil = due;
                if (isQueueEmpty() && link.nextDue() == due && !closed) {
                    LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(millis));
                }
            } else if (inFlight.compareAndSet(false, true)) {
                sleepsUntil = 0;
                lead();
            } else {
                sleepsUntil = Long.MAX_VALUE;
                if (inFlight.get()) {
                    LockSupport.park(this);
                }
            }
        }
    }
}
