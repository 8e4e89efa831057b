package io.dtx.runtime.log.raft;

import java.util.concurrent.atomic.AtomicBoolean;

/** When a member takes a snapshot: whenever enough bytes of entries have come together. One at a time. */
final class SnapshotTrigger {

    private final long snapshotBytes;
    private final Runnable take;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile long threshold;
    private volatile boolean abandoned;
    private long bytesSince; // of the applying thread

    /**
     * Creates it.
     *
     * @param snapshotBytes of entries between two snapshots; more when the snapshots themselves are larger
     * @param take asks consensus for one; must not wait
     */
    SnapshotTrigger(long snapshotBytes, Runnable take) {
        this.snapshotBytes = snapshotBytes;
        this.threshold = snapshotBytes;
        this.take = take;
    }

    /** Counts an entry that was applied. */
    void count(int bytes) {
        bytesSince += bytes;
        if (bytesSince >= threshold && !abandoned && busy.compareAndSet(false, true)) {
            bytesSince = 0;
            take.run();
        }
    }

    /** The one that was asked for is there, or will not be. */
    void ended() {
        busy.set(false);
    }

    void written(long bytes) {
        threshold = Math.max(snapshotBytes, bytes);
    }

    /** Lets one that is being written end early, and begins none any more. */
    void abandon() {
        abandoned = true;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** Runs the writing beside the applying. */
    void inBackground(Runnable writing) {
        GroupThreads.named("dtx-raft-snapshot").newThread(writing).start();
    }
}
