package io.dtx.runtime.log.file;

import io.dtx.runtime.log.Replica;
import io.dtx.runtime.log.Snapshot;
import io.dtx.runtime.protocol.Payload;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * When a snapshot is taken, and what becomes of it. The view is taken on the appending thread; the file is written on another
 * one, takes the place of the older snapshot in the manifest, and lets the segments before it go. One at a time.
 */
final class Snapshots implements Closeable {

    private static final String NEXT = "snapshot.tmp";

    private final LogFiles files;
    private final ManifestFile manifest;
    private final SegmentStore store;
    private final long snapshotBytes;
    private final Executor background;
    private final Consumer<Throwable> onFailed;
    private volatile @Nullable SnapshotFile newest;
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
            LogFiles files,
            ManifestFile manifest,
            SegmentStore store,
            long snapshotBytes,
            Executor background,
            Consumer<Throwable> onFailed) {
        this.files = files;
        this.manifest = manifest;
        this.store = store;
        this.snapshotBytes = snapshotBytes;
        this.threshold = snapshotBytes;
        this.background = background;
        this.onFailed = onFailed;
    }

    /** Restores the snapshot that the manifest names, if it names one; returns the log time of its end, else 0. */
    long restore(Replica replica) throws IOException {
        Manifest now = manifest.get();
        String name = SnapshotFormat.name(now.snapshot());
        for (String each : files.names()) {
            if (each.startsWith("snapshot") && !each.equals(name)) {
                files.delete(each); // a crash came between writing it, naming it, and deleting it
            }
        }
        if (now.snapshot() == 0) {
            return 0;
        }
        if (!files.exists(name)) {
            throw Damage.missing(files.path(name), "the manifest promises it");
        }
        SnapshotFile opened = SnapshotFile.open(files.open(name), now, replica::restore);
        newest = opened;
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
                write(view, end, time);
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

    /** Reads from the newest snapshot; null if it does not have the payload. */
    byte @Nullable [] read(Payload payload) throws IOException {
        while (true) {
            SnapshotFile from = newest;
            try {
                return from == null ? null : from.read(payload);
            } catch (ClosedChannelException e) {
                if (from == newest) {
                    throw e; // the log is closed
                }
                // replaced meanwhile: ask the newer one
            }
        }
    }

    /** Lets a snapshot that is being written end early. */
    void abandon() {
        abandoned = true;
    }

    @Override
    public void close() throws IOException {
        SnapshotFile last = newest;
        if (last != null) {
            last.close();
        }
    }

    private void write(Snapshot view, Mark end, long time) throws IOException {
        long cluster = manifest.get().cluster();
        String name = SnapshotFormat.name(end.index());
        try (LogFile file = files.create(NEXT)) {
            threshold = Math.max(
                    snapshotBytes,
                    new SnapshotWriter(file, cluster, () -> abandoned)
                            .write(view, end, cluster, time, new PayloadScan(store, newest)));
        }
        files.rename(NEXT, name);
        // Read back and checked as a whole, before anything is allowed to depend on it.
        SnapshotFile written =
                SnapshotFile.open(files.open(name), manifest.get().withSnapshot(end), items -> {});
        manifest.update(now -> now.withSnapshot(end));
        SnapshotFile older = newest;
        newest = written;
        if (older != null) {
            older.close();
            files.delete(SnapshotFormat.name(older.index()));
        }
        store.dropUpTo(end.index());
    }
}
