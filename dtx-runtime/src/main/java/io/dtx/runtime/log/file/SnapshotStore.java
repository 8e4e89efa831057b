package io.dtx.runtime.log.file;

import io.dtx.runtime.log.Snapshot;
import io.dtx.runtime.protocol.Payload;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The newest snapshot of a log, and the making of the next one: written or received beside it, read back and checked as a
 * whole, named in the manifest, and only then put in the place of the one before. One is made at a time; any thread reads.
 */
final class SnapshotStore implements Closeable {

    private static final String NEXT = "snapshot.tmp";
    private static final String RECEIVED = "snapshot-received.tmp";

    private final LogFiles files;
    private final ManifestFile manifest;
    private final SegmentStore store;
    private volatile @Nullable SnapshotFile newest;

    SnapshotStore(LogFiles files, ManifestFile manifest, SegmentStore store) {
        this.files = files;
        this.manifest = manifest;
        this.store = store;
    }

    /** Restores the snapshot that the manifest names; null if it names none. Others are deleted, once that one is sound. */
    @Nullable
    SnapshotFile restore(Consumer<Snapshot> restore) throws IOException {
        Manifest now = manifest.get();
        String name = SnapshotFormat.name(now.snapshot());
        if (now.snapshot() > 0) {
            if (!files.exists(name)) {
                throw Damage.missing(files.path(name), "the manifest promises it");
            }
            newest = SnapshotFile.open(files.open(name), now, restore);
        }
        for (String each : files.names()) {
            if (each.startsWith("snapshot") && !each.equals(name)) {
                files.delete(each); // a crash came between writing it, naming it, and deleting it
            }
        }
        return newest;
    }

    /** Returns the newest snapshot; null if there is none. */
    @Nullable
    SnapshotFile newest() {
        return newest;
    }

    /**
     * Writes a snapshot and lets it take the place of the one before.
     *
     * @param end the entry after which the view was taken
     * @param time the log time of that entry
     * @param member what a member adds to the header
     * @return its length
     */
    long write(Snapshot view, Mark end, long time, byte[] member, BooleanSupplier abandoned) throws IOException {
        long cluster = manifest.get().cluster();
        long bytes;
        try (LogFile file = files.create(NEXT)) {
            bytes = new SnapshotWriter(file, cluster, abandoned)
                    .write(view, end, cluster, time, member, new PayloadScan(store, newest));
        }
        SnapshotFile written = moveInPlace(NEXT, end);
        try {
            manifest.update(now -> now.withSnapshot(end));
        } catch (IOException | RuntimeException | Error e) {
            written.close();
            throw e;
        }
        replaceBy(written);
        return bytes;
    }

    /** Makes an empty file for a snapshot that comes from elsewhere. */
    LogFile receive() throws IOException {
        return files.create(RECEIVED);
    }

    /**
     * Checks what was received as a whole. It is a snapshot of this log from now on, but not one to start from before the
     * manifest names it.
     *
     * @return its header; nothing was changed if it is not newer than the present one
     */
    SnapshotFile.Header received(LogFile file) throws IOException {
        SnapshotFile.Header header;
        try (file) {
            file.force();
            header = SnapshotFile.header(file, manifest.get().cluster());
        }
        SnapshotFile present = newest;
        if (present != null && header.end().index() <= present.index()) {
            files.delete(RECEIVED);
            return header;
        }
        newest = moveInPlace(RECEIVED, header.end());
        if (present != null) {
            present.close(); // the file stays until the manifest does not name it any more
        }
        return header;
    }

    /** Deletes those before the one that the manifest names. One behind it may have been received meanwhile, and be named next. */
    void deleteOlder() throws IOException {
        String name = SnapshotFormat.name(manifest.get().snapshot());
        for (String each : files.names()) {
            if (each.startsWith("snapshot-") && each.endsWith(".snap") && each.compareTo(name) < 0) {
                files.delete(each);
            }
        }
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

    @Override
    public void close() throws IOException {
        SnapshotFile last = newest;
        if (last != null) {
            last.close();
        }
    }

    private SnapshotFile moveInPlace(String from, Mark end) throws IOException {
        String name = SnapshotFormat.name(end.index());
        files.rename(from, name);
        // Read back and checked as a whole, before anything is allowed to depend on it.
        return SnapshotFile.open(files.open(name), manifest.get().withSnapshot(end), items -> {});
    }

    private void replaceBy(SnapshotFile written) throws IOException {
        SnapshotFile older = newest;
        newest = written;
        if (older != null) {
            older.close();
            files.delete(SnapshotFormat.name(older.index()));
        }
    }
}
