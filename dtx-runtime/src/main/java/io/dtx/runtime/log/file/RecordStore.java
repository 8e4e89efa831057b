package io.dtx.runtime.log.file;

import io.dtx.runtime.log.LogDamagedException;
import io.dtx.runtime.log.Snapshot;
import io.dtx.runtime.protocol.Payload;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is in the directory of one member of a replicated log: records, ballot, snapshot. {@link MemberDirectory} makes and opens
 * it. It is what the embedded log is made of, with what
 * consensus needs beside: several records under one force, another end of the log, a vote. Nothing is done twice: after any
 * error of a write or a force everything that would change the directory is refused, until it is opened again.
 *
 * <p>One thread appends and rewinds; one at a time votes; one at a time makes snapshots; any thread reads.
 */
public final class RecordStore implements Closeable {

    private final LogFiles files;
    private final Background background = new Background();
    private final DirectoryLock lock;
    private final ManifestFile manifest;
    private final BallotFile ballot;
    private final SegmentStore segments;
    private final SnapshotStore snapshots;

    /** Read by whoever changes the directory, written by who gives it up: then nobody changes it any more. */
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

    private volatile long lastIndex;
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;

    /** Takes the records of a directory, in order. */
    public interface Visitor {
        /** Takes one record; the body is valid during the call. */
        void record(long index, long term, ByteBuffer body);
    }

    /** A record as it was read. */
    public record Stored(long term, ByteBuffer body) {}

    /** What a snapshot says of itself: the entry after which it was taken, and what the member has added. */
    public record SnapshotHeader(long index, long term, long time, byte[] member) {}

    RecordStore(LogFiles files, long segmentBytes, DirectoryLock lock, Visitor visitor) throws IOException {
        this.files = files;
        this.lock = lock;
        this.manifest = ManifestFile.open(files);
        this.ballot = BallotFile.open(files, manifest.get());
        this.segments = new SegmentStore(files, manifest, segmentBytes, background);
        this.snapshots = new SnapshotStore(files, manifest, segments);
        boolean opened = false;
        try {
            segments.recover(
                    (mark, body, file) -> visitor.record(mark.index(), mark.term(), body), RecordBatch.BYTES_MAX);
            snapshots.restore(items -> {});
            segments.settle();
            manifest.update(now -> ballot.get().markIn(now.withLast(segments.last())));
            lastIndex = segments.last().index();
            opened = true;
        } finally {
            if (!opened) {
                closeFiles();
            }
        }
    }

    /** Returns the name of the log. */
    public long cluster() {
        return manifest.get().cluster();
    }

    /** Returns the member's own name. */
    public String member() {
        return ballot.get().member();
    }

    /** Returns the highest term that the member has seen. */
    public long term() {
        return ballot.get().term();
    }

    /** Returns who has the member's vote in that term; empty: nobody. */
    public String vote() {
        return ballot.get().vote();
    }

    /** Makes a term and a vote in it durable. */
    public void vote(long term, String vote) throws IOException {
        change(() -> {
            ballot.write(new BallotFile.Ballot(member(), term, vote));
            manifest.update(now -> ballot.get().markIn(now)); // an older copy of the ballot is then noticed
        });
    }

    /** Returns the index of the first record. */
    public long firstIndex() {
        return segments.first();
    }

    /** Returns the index of the last record; one less than the first if there is none. */
    public long lastIndex() {
        return lastIndex;
    }

    /** Appends records, and makes them durable together. */
    public void append(RecordBatch batch) throws IOException {
        change(() -> segments.append(batch));
        lastIndex = segments.last().index();
    }

    /** Reads the body of a record; null if the store does not have it. */
    public @Nullable ByteBuffer read(long index) throws IOException {
        return index > lastIndex ? null : segments.read(index);
    }

    /** Reads a record; null if the store does not have it. */
    public @Nullable Stored record(long index) throws IOException {
        ByteBuffer record = index > lastIndex ? null : segments.record(index);
        return record == null ? null : new Stored(RecordFormat.term(record, 0), RecordFormat.body(record, 0));
    }

    /**
     * Forgets every record behind an index, for good.
     *
     * @throws IllegalArgumentException if the store does not have that record, or the snapshot is behind it
     */
    public void truncateAfter(long index) throws IOException {
        if (index >= lastIndex) {
            return;
        }
        Mark end = index == segments.first() - 1 ? segments.start() : segments.mark(index);
        if (end == null || index < manifest.get().snapshot()) {
            throw new IllegalArgumentException(
                    "DTX-5115 the log cannot end at " + index + ": it begins at " + firstIndex()
                            + ", and its snapshot is at " + manifest.get().snapshot());
        }
        rewind(new Rewind(false, end));
    }

    /**
     * Lets the log begin at an index: what is before it is dropped, some of it perhaps later. If its records end before, or the
     * record before it is another one than that of the newest snapshot, it goes on from that snapshot and all records are dropped.
     */
    public void beginAt(long index) throws IOException {
        SnapshotFile newest = snapshots.newest();
        if (newest == null || newest.index() < index - 1) {
            throw new IllegalArgumentException(
                    "DTX-5115 the log cannot begin at " + index + ": no snapshot holds what is before it");
        }
        Mark at = newest.header().end();
        if (continues(at)) {
            change(() -> {
                name(at);
                segments.dropUpTo(index - 1);
            });
        } else {
            rewind(new Rewind(true, new Mark(at.index(), at.term(), at.chain(), Segment.RECORDS)));
            change(snapshots::deleteOlder);
        }
    }

    /**
     * Writes a snapshot of the state after a record, and puts it in the place of the one before; no record is dropped.
     *
     * @param time the log time of that record
     * @param member what is added to the header, at least one byte
     * @param abandoned whether it is not wanted any more
     * @return its length
     * @throws IllegalArgumentException if it was abandoned
     */
    public long writeSnapshot(Snapshot view, long index, long time, byte[] member, BooleanSupplier abandoned)
            throws IOException {
        Mark end = Objects.requireNonNull(segments.mark(index), "DTX-9006 a snapshot of a record that is not on disk");
        long[] bytes = new long[1];
        change(() -> {
            try {
                bytes[0] = snapshots.write(view, end, time, member, abandoned);
            } catch (IOException e) {
                if (abandoned.getAsBoolean()) {
                    throw new IllegalArgumentException("DTX-5117 the snapshot was given up", e);
                }
                throw e;
            }
        });
        return bytes[0];
    }

    /** Makes an empty file for the snapshot of another member. */
    public ReceivedSnapshot receiveSnapshot() throws IOException {
        LogFile[] file = new LogFile[1];
        change(() -> file[0] = snapshots.receive());
        return new ReceivedSnapshot(this, file[0]);
    }

    SnapshotHeader received(LogFile file) throws IOException {
        SnapshotFile.Header[] header = new SnapshotFile.Header[1];
        LogDamagedException[] torn = new LogDamagedException[1];
        change(() -> {
            try {
                header[0] = snapshots.received(file);
            } catch (LogDamagedException e) {
                torn[0] = e; // on its way: that is no error of this disk
            }
        });
        if (torn[0] != null) {
            throw torn[0];
        }
        return header(header[0]);
    }

    /** Returns the header of the newest snapshot; null if there is none. */
    public @Nullable SnapshotHeader snapshot() {
        SnapshotFile newest = snapshots.newest();
        return newest == null ? null : header(newest.header());
    }

    private static SnapshotHeader header(SnapshotFile.Header header) {
        return new SnapshotHeader(header.end().index(), header.end().term(), header.time(), header.member());
    }

    /** Restores the newest snapshot; all of it is checked again. */
    public void restore(Consumer<Snapshot> restore) throws IOException {
        SnapshotFile newest = Objects.requireNonNull(snapshots.newest(), "DTX-9006 there is no snapshot");
        try (LogFile file = files.open(SnapshotFormat.name(newest.index()))) {
            SnapshotFile.open(file, manifest.get().withSnapshot(newest.header().end()), restore);
        }
    }

    /** Opens the file of the newest snapshot, to be sent to another member; null if there is none. */
    public @Nullable SnapshotBytes openSnapshot() throws IOException {
        while (true) {
            SnapshotFile newest = snapshots.newest();
            try {
                return newest == null
                        ? null
                        : new SnapshotBytes(header(newest.header()), files.open(SnapshotFormat.name(newest.index())));
            } catch (NoSuchFileException e) {
                if (newest == snapshots.newest()) {
                    throw e;
                }
                // replaced meanwhile: open the newer one
            }
        }
    }

    /** Reads what a payload carries from the newest snapshot; null if it does not have it. */
    public byte @Nullable [] readSnapshot(Payload payload) throws IOException {
        return snapshots.read(payload);
    }

    /** Waits for what changes the directory, and closes the files; what was appended is named in the manifest. */
    @Override
    public void close() throws IOException {
        close(true);
    }

    /** Waits for what changes the directory, and closes the files as they are, as the end of the process would. */
    public void abandon() throws IOException {
        close(false);
    }

    private void close(boolean sound) throws IOException {
        use.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            use.writeLock().unlock();
        }
        try {
            if (sound && failure == null) {
                manifest.update(now -> now.withLast(segments.last()));
            }
        } finally {
            try {
                closeFiles();
            } finally {
                lock.close();
            }
        }
    }

    private boolean continues(Mark at) throws IOException {
        if (at.index() == segments.first() - 1) {
            return segments.start().chain() == at.chain();
        }
        Mark own = at.index() > lastIndex ? null : segments.mark(at.index());
        return own != null && own.term() == at.term() && own.chain() == at.chain();
    }

    private void name(Mark snapshot) throws IOException {
        if (manifest.get().snapshot() < snapshot.index()) {
            // Another thread may have taken a newer one, and named it, since we looked.
            manifest.update(now -> now.snapshot() < snapshot.index() ? now.withSnapshot(snapshot) : now);
            snapshots.deleteOlder();
        }
    }

    private void rewind(Rewind to) throws IOException {
        change(() -> {
            to.write(files, cluster());
            lastIndex = to.mark().index();
            segments.rewind(to);
            Rewind.done(files);
        });
    }

    interface Change {
        void make() throws IOException;
    }

    void change(Change change) throws IOException {
        use.readLock().lock();
        try {
            if (closed) {
                throw new IOException("the directory is closed");
            }
            changeOpen(change);
        } finally {
            use.readLock().unlock();
        }
    }

    private void changeOpen(Change change) throws IOException {
        Throwable before = failure;
        if (before != null) {
            throw new IOException("the directory is not written to after an error", before);
        }
        try {
            change.make();
        } catch (IOException | RuntimeException | Error e) {
            if (!(e instanceof IllegalArgumentException)) {
                failure = e;
            }
            throw e;
        }
    }

    private void closeFiles() throws IOException {
        background.close();
        try (SegmentStore first = segments) {
            snapshots.close();
        }
    }
}
