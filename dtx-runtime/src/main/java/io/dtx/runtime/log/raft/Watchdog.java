package io.dtx.runtime.log.raft;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Looks after a member that should make progress and does not: the leader whose oldest entry is not committed although a majority
 * answers, the follower that knows a leader but does not reach what that one has committed. Its part of consensus is then begun
 * anew over the same directory. One thread, from {@link #begin} to {@link #close}.
 */
final class Watchdog implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Watchdog.class.getName());

    /** What it looks at, and what it does. */
    interface Watched {
        /** Whether this member leads and a majority of the members answers it. */
        boolean leadsMajority();

        /** How long the oldest entry has been waiting for its commit; 0 if none is. */
        long oldestProposalNanos();

        /** The index of the last entry that has reached the replica. */
        long applied();

        /** Asks the leader what is committed, and whether that has reached the replica. */
        Probe probe();

        /** Begins anew. */
        void restart(String why);
    }

    /** A question to the leader on its way. */
    interface Probe {
        /** Whether the answer is still to come. */
        boolean isPending();

        /** Whether the leader's commits did not reach the replica in time; false also if nobody could be asked. */
        boolean isBehind();
    }

    private final Watched watched;
    private final long patienceNanos;
    private final Thread thread = GroupThreads.named("dtx-raft-watchdog").newThread(this::run);
    private volatile boolean closed;
    private long appliedBefore = -1;
    private long progressNanos = System.nanoTime();

    /**
     * Creates it.
     *
     * @param patienceMillis how long nothing may move
     */
    Watchdog(Watched watched, long patienceMillis) {
        this.watched = watched;
        this.patienceNanos = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    }

    void begin() {
        thread.start();
    }

    /** Looks no more; does not wait. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        Probe probe = null;
        while (!closed) {
            LockSupport.parkNanos(this, patienceNanos / 10);
            try {
                probe = closed ? null : lookAround(probe);
            } catch (RuntimeException | Error e) { // the member is going down, or has halted
                LOG.log(System.Logger.Level.DEBUG, "the watchdog could not look", e);
            }
        }
    }

    /** Looks once; returns the question that is on its way. */
    private Probe lookAround(@Nullable Probe probe) {
        if (watched.leadsMajority() && watched.oldestProposalNanos() > patienceNanos) {
            restart("an entry of the leader is not committed although a majority answers");
        }
        if (probe != null && probe.isPending()) {
            return probe;
        }
        if (probe != null) {
            look(probe);
        }
        return watched.probe();
    }

    private void look(Probe probe) {
        long applied = watched.applied();
        if (!probe.isBehind() || applied != appliedBefore) {
            appliedBefore = applied;
            progressNanos = System.nanoTime();
        } else if (System.nanoTime() - progressNanos > patienceNanos) {
            restart("entry " + applied + " is the last one here, and the leader has committed more");
        }
    }

    private void restart(String why) {
        watched.restart(why);
        progressNanos = System.nanoTime();
    }
}
