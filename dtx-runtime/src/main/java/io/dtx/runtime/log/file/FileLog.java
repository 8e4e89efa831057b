package io.dtx.runtime.log.file;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import io.dtx.runtime.log.AppendUnknownException;
import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.log.EntryCodec;
import io.dtx.runtime.log.LogClock;
import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.log.Replica;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.SessionBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The log of a process that is alone with it: files in a directory of its own. Each append is one record, one mark and one
 * force on the calling thread, and is complete on return. Any error of a write or a force stops it for good; the next process
 * that starts it finds everything that was acknowledged. Thread-safe.
 */
public final class FileLog implements CoordinatorLog {

    /** The default length of a segment. */
    public static final long SEGMENT_BYTES = 16 << 20;

    /** The default distance between two snapshots, in bytes of records. */
    public static final long SNAPSHOT_BYTES = 64 << 20;

    private static final int BUFFER_KEPT = 2 << 20;
    private static final System.Logger LOGGER = System.getLogger(FileLog.class.getName());

    private enum Phase {
        NEW,
        OPEN,
        FAILED,
        CLOSED
    }

    private final LogFiles files;
    private final long segmentBytes;
    private final long snapshotBytes;
    private final Background background = new Background();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Phase phase = Phase.NEW;
    private volatile LogClock clock = new LogClock(0);
    private @Nullable DirectoryLock directoryLock;
    private volatile @Nullable ManifestFile manifest;
    private volatile @Nullable SegmentStore store;
    private volatile @Nullable SnapshotStore snapshotStore;
    private volatile @Nullable Snapshots snapshots;
    private @Nullable Replica replica;
    private ByteBuffer buffer = ByteBuffer.allocateDirect(16 << 10);
    private long term;

    /** Names the log in a directory, which is made when it does not exist; {@link #start} opens it. */
    public FileLog(Path directory) {
        this(directory, SEGMENT_BYTES, SNAPSHOT_BYTES);
    }

    /**
     * Names the log in a directory.
     *
     * @param segmentBytes the length of new segments, at least 64 KiB
     * @param snapshotBytes how many bytes of records come between two snapshots; more when the snapshots are larger themselves
     */
    public FileLog(Path directory, long segmentBytes, long snapshotBytes) {
        this(new LogFiles(directory), segmentBytes, snapshotBytes);
    }

    FileLog(LogFiles files, long segmentBytes, long snapshotBytes) {
        if (segmentBytes < 64 << 10 || segmentBytes > 1 << 30 || snapshotBytes < 1) {
            throw new IllegalArgumentException("DTX-5106 segments have 64 KiB to 1 GiB, not " + segmentBytes
                    + " bytes; snapshots are at least 1 byte apart, not " + snapshotBytes);
        }
        this.files = files;
        this.segmentBytes = segmentBytes;
        this.snapshotBytes = snapshotBytes;
    }

    @Override
    public void start(Replica replica) {
        lock.lock();
        try {
            if (phase != Phase.NEW) {
                throw new IllegalStateException("DTX-5006 the log was started before; make another object for it");
            }
            this.replica = replica;
            open(replica);
            phase = Phase.OPEN;
            replica.onLeader(term);
        } catch (IOException | UncheckedIOException e) {
            throw new LogUnavailableException(
                    "DTX-5105 the log in " + files.directory().toAbsolutePath() + " cannot be used: " + e, e);
        } finally {
            lock.unlock();
            if (phase != Phase.OPEN) {
                close();
            }
        }
    }

    @Override
    public long cluster() {
        return Objects.requireNonNull(manifest, "DTX-5006 the log is not started")
                .get()
                .cluster();
    }

    @Override
    public CompletableFuture<Long> append(List<SessionBatch> batches) {
        lock.lock();
        try {
            SegmentStore to = store;
            if (phase != Phase.OPEN || to == null) {
                return CompletableFuture.failedFuture(refused());
            }
            LogEntry entry =
                    new LogEntry(to.last().index() + 1, term, clock.millis(), System.currentTimeMillis(), batches);
            ByteBuffer record = EntryCodec.encode(entry, RecordFormat.HEADER, buffer);
            buffer = record.capacity() > BUFFER_KEPT ? buffer : record;
            try {
                commit(to, entry, record);
                return CompletableFuture.completedFuture(entry.index());
            } catch (IOException | RuntimeException | Error e) {
                fail(e);
                return CompletableFuture.failedFuture(new AppendUnknownException(
                        "DTX-5107 entry " + entry.index() + " may or may not be in the log, which has stopped: " + e,
                        e));
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long time() {
        return clock.millis();
    }

    @Override
    public byte[] read(Payload payload) {
        SegmentStore from = store;
        SnapshotStore behind = snapshotStore;
        if (from == null || behind == null) {
            throw refused();
        }
        try {
            ByteBuffer body = payload.index() < 1 ? null : from.read(payload.index());
            if (body != null) {
                return EntryCodec.payload(payload.ordinal(), body);
            }
            byte[] bytes = behind.read(payload);
            if (bytes != null) {
                return bytes;
            }
        } catch (IOException e) {
            throw new LogUnavailableException("DTX-5108 " + payload + " cannot be read from the log: " + e, e);
        }
        throw new IllegalArgumentException("DTX-5007 the log does not hold " + payload + ", or not any more");
    }

    @Override
    public CompletableFuture<Void> readBarrier() {
        lock.lock(); // whoever appends holds the lock until the entry has reached the replica
        try {
            return phase == Phase.OPEN
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.failedFuture(refused());
        } finally {
            lock.unlock();
        }
    }

    /** Closes the files; when the replica calls it from a callback, they are closed a little later. */
    @Override
    public void close() {
        boolean sound;
        lock.lock();
        try {
            if (phase == Phase.CLOSED) {
                return;
            }
            sound = phase == Phase.OPEN;
            phase = Phase.CLOSED;
        } finally {
            lock.unlock();
        }
        if (lock.isHeldByCurrentThread()) {
            Background.inAnotherThread(
                    () -> closeFiles(sound)); // the replica, called by a thread that this would wait for
        } else {
            closeFiles(sound);
        }
    }

    private void closeFiles(boolean sound) {
        Snapshots taken = snapshots;
        if (taken != null) {
            taken.abandon();
        }
        background.close();
        SegmentStore written = store;
        SnapshotStore kept = snapshotStore;
        ManifestFile promises = manifest;
        try (AutoCloseable last = directoryLock;
                AutoCloseable second = written;
                AutoCloseable first = kept) { // from the last to the first: the directory is free once nothing is open
            if (sound && written != null && promises != null) {
                promises.update(now -> now.withLast(written.last()));
            }
        } catch (Exception | Error e) {
            LOGGER.log(
                    ERROR,
                    "DTX-5109 the log in " + files.directory().toAbsolutePath() + " was closed with an error",
                    e);
        }
    }

    private void open(Replica target) throws IOException {
        long began = System.nanoTime();
        directoryLock = DirectoryLock.take(files.directory());
        if (files.exists(BallotFile.NAME)) {
            throw new LogUnavailableException(
                    "DTX-5116 " + files.directory().toAbsolutePath()
                            + " belongs to a member of a cluster: start it with dtx.log=raft",
                    null);
        }
        ManifestFile opened = ManifestFile.open(files);
        manifest = opened;
        SegmentStore segments = new SegmentStore(files, opened, segmentBytes, background);
        store = segments;
        SnapshotStore kept = new SnapshotStore(files, opened, segments);
        snapshotStore = kept;
        Snapshots taken = new Snapshots(kept, segments, snapshotBytes, background, this::failInBackground);
        snapshots = taken;
        Replay replay = new Replay(target, taken, opened.get().snapshot(), taken.restore(target));
        segments.recover(replay, 0);
        segments.settle();
        clock = new LogClock(replay.lastTime());
        opened.update(now -> now.withTerm(now.term() + 1).withLast(segments.last()));
        term = opened.get().term();
        LOGGER.log(
                INFO,
                () -> "DTX-5100 log of cluster " + Long.toHexString(opened.get().cluster()) + " in "
                        + files.directory().toAbsolutePath() + ": snapshot at "
                        + opened.get().snapshot() + ", last entry "
                        + segments.last().index() + ", read in " + (System.nanoTime() - began) / 1_000_000 + " ms");
    }

    private void commit(SegmentStore to, LogEntry entry, ByteBuffer record) throws IOException {
        Replica driven = Objects.requireNonNull(replica);
        Snapshots after = Objects.requireNonNull(snapshots);
        to.append(term, record);
        driven.onCommitted(entry);
        after.count(record.limit(), driven, to.last(), entry.time());
    }

    /** An error of a write or a force is final: what the kernel still holds, and what it has dropped, nobody knows. */
    private void fail(Throwable cause) {
        if (phase != Phase.OPEN) {
            return;
        }
        phase = Phase.FAILED;
        LOGGER.log(
                ERROR,
                "DTX-5110 the log in " + files.directory().toAbsolutePath()
                        + " has stopped for good: repair the disk or make room, then start the process again",
                cause);
        Objects.requireNonNull(replica).onFailed(cause);
    }

    private void failInBackground(Throwable cause) {
        lock.lock();
        try {
            fail(cause);
        } finally {
            lock.unlock();
        }
    }

    private LogUnavailableException refused() {
        return new LogUnavailableException(
                "DTX-5006 the log in " + files.directory().toAbsolutePath() + " is "
                        + (phase == Phase.NEW
                                ? "not started"
                                : phase == Phase.CLOSED ? "closed" : "stopped after an error"),
                null);
    }
}
