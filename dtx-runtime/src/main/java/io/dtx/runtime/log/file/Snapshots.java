package io.dtx.runtime.log.file;

import io.dtx.runtime.log.Replica;
import io.dtx.runtime.log.Snapshot;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * When an embedded log takes a snapshot. The view is taken on the appending thread; the file is written on another one, and
 * lets the segments before it go. One at a time.
 */
final class Snapshots {

    private final SnapshotStore snapshots;
    private final SegmentStore store;
    private final long snapshotBytes;
    private final Executor background;
    private final Consumer<Throwable> onFailed;
    private volatile boolean busy;
    private volatile boolean abandoned;
    private volatile long threshold;
    private long bytesSince;

    /**
     * Creates it before the log is read.
     *
     * @param snapshotBytes of records between two snapshots; more when the snapshots themselves are larger
     */
    Snapshots(
            SnapshotStore snapshots,
            SegmentStore store,
            long snapshotBytes,
            Executor background,
            Consumer<Throwable> onFailed) {
        this.snapshots = snapshots;
        this.store = store;
        this.snapshotBytes = snapshotBytes;
        this.threshold = snapshotBytes;
        this.background = background;
        this.onFailed = onFailed;
    }

    /** Restores the snapshot that the manifest names, if it names one; returns the log time of its end, else 0. */
    long restore(Replica replica) throws IOException {
        SnapshotFile opened = snapshots.restore(replica::restore);
        if (opened == null) {
            return 0;
        }
        threshold = Math.max(snapshotBytes, opened.file().size());
        return opened.time();
    }

    /** Counts a record; takes a snapshot of the state after it, when it is time for one. */
    void count(int bytes, Replica replica, Mark end, long time) {
        countOnly(bytes);
        if (bytesSince < threshold || busy) {
            return;
        }
        bytesSince = 0;
        busy = true;
        Snapshot view = replica.snapshot();
        background.execute(() -> {
            try {
                threshold = Math.max(snapshotBytes, snapshots.write(view, end, time, new byte[0], () -> abandoned));
                store.dropUpTo(end.index());
            } catch (IOException | RuntimeException | Error e) {
                if (!abandoned) {
                    onFailed.accept(e);
                }
            } finally {
                busy = false;
            }
        });
    }

    /** Counts a record that was replayed. */
    void countOnly(int bytes) {
        bytesSince += bytes;
    }

    /** Lets a snapshot that is being written end early. */
    void abandon() {
        abandoned = true;
    }
}
