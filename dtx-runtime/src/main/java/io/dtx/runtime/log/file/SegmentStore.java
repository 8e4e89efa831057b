package io.dtx.runtime.log.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Records by index, over segments: append, read, drop from the front, go on from elsewhere. It knows nothing of what the records hold. One thread
 * appends; any thread reads; dropping may run beside both.
 */
final class SegmentStore implements Closeable {

    private static final String NEXT = "segment.tmp";
    private static final long FIRST_BYTES = 1 << 20; // soon written: nobody waits long for a new log

    private final LogFiles files;
    private final ManifestFile manifest;
    private final long segmentBytes;
    private final Executor background;
    private final ConcurrentSkipListMap<Long, Segment> segments = new ConcurrentSkipListMap<>();
    private @Nullable CompletableFuture<LogFile> prepared;

    /** Where a log begins that has no segments for a moment, since it goes on from elsewhere. */
    private volatile long nextFirst;

    /**
     * Creates a store that has to {@link #recover} before it is used.
     *
     * @param background makes the next segment while the present one fills
     */
    SegmentStore(LogFiles files, ManifestFile manifest, long segmentBytes, Executor background) {
        this.files = files;
        this.manifest = manifest;
        this.segmentBytes = segmentBytes;
        this.background = background;
    }

    /**
     * Opens the segments and passes every record to the visitor, also those that the snapshot has already. To be followed by
     * {@link #settle} once the snapshot is known to be sound.
     *
     * @param tornMax the most bytes of several records that were written at once
     */
    void recover(SegmentRecovery.Visitor visitor, long tornMax) throws IOException {
        files.delete(NEXT);
        finishRewind();
        StoreRecovery recovery = new StoreRecovery(files, manifest.get(), tornMax);
        try {
            segments.putAll(recovery.recover(visitor));
        } catch (IOException | RuntimeException | Error e) {
            recovery.close();
            throw e;
        }
        if (segments.isEmpty()) {
            add(new Mark(0, 0, manifest.get().cluster(), Segment.RECORDS), Math.min(segmentBytes, FIRST_BYTES));
        }
    }

    /** Makes good what a crash has left undone. */
    void settle() throws IOException {
        if (manifest.get().newest() != segments.lastKey()) { // a crash came between making it and promising it
            manifest.update(now -> now.withNewest(segments.lastKey()));
        }
        for (String name : files.names()) {
            if (Segment.isName(name) && Segment.first(name) < segments.firstKey()) {
                files.delete(name); // a crash came between writing a snapshot and deleting what it replaces
            }
        }
    }

    /** Where the log stands behind its last record. */
    Mark last() {
        return newest().last();
    }

    /**
     * Appends a record and makes it durable.
     *
     * @param record room for a header, and the body
     */
    void append(long term, ByteBuffer record) throws IOException {
        if (!newest().hasRoomFor(record.limit())) {
            add(last(), Math.max(segmentBytes, Segment.bytesFor(record.limit())));
        }
        newest().append(term, record);
        prepareNext();
    }

    /** Appends several records and makes them durable together. */
    void append(RecordBatch batch) throws IOException {
        if (!newest().hasRoomFor(batch.length())) {
            add(last(), Math.max(segmentBytes, Segment.bytesFor(batch.length())));
        }
        newest().append(batch);
        prepareNext();
    }

    private void prepareNext() {
        if (prepared == null && newest().isHalfFull()) {
            prepared = CompletableFuture.supplyAsync(this::prepare, background);
        }
    }

    /** Returns the index of the first record that is, or would be, in the store. */
    long first() {
        Map.Entry<Long, Segment> first = segments.firstEntry();
        return first == null ? nextFirst : first.getKey();
    }

    /** Where the log stands before its first record. */
    Mark start() {
        return segments.firstEntry().getValue().header().start();
    }

    /** Returns the body of a record; null if the store does not have it. */
    @Nullable
    ByteBuffer read(long index) throws IOException {
        ByteBuffer record = record(index);
        return record == null ? null : RecordFormat.body(record, 0);
    }

    /** Returns where the log stands behind a record; null if the store does not have it. The offset is not said. */
    @Nullable
    Mark mark(long index) throws IOException {
        ByteBuffer record = record(index);
        return record == null
                ? null
                : new Mark(index, RecordFormat.term(record, 0), RecordFormat.chainBehind(record, 0), 0);
    }

    /** Returns a record, header and body; null if the store does not have it. */
    @Nullable
    ByteBuffer record(long index) throws IOException {
        while (true) {
            Map.Entry<Long, Segment> entry = segments.floorEntry(index);
            if (entry == null) {
                return null;
            }
            try {
                return entry.getValue().read(index);
            } catch (ClosedChannelException e) {
                if (segments.get(entry.getKey()) == entry.getValue()) {
                    throw e; // the store is closed
                }
                // dropped meanwhile: look again
            }
        }
    }

    /** Deletes the segments all of whose records are at or below the index; the newest one stays. */
    void dropUpTo(long index) throws IOException {
        while (segments.size() > 1 && segments.higherKey(segments.firstKey()) <= index + 1) {
            Map.Entry<Long, Segment> first = segments.pollFirstEntry();
            first.getValue().close();
            files.delete(Segment.name(first.getKey()));
        }
        files.syncDirectory();
    }

    /**
     * Lets the log go on from somewhere else: what is behind that, or all of it, is forgotten. A {@link Rewind} that was
     * written before says the same, so that a crash in between is finished by the next start.
     */
    void rewind(Rewind to) throws IOException {
        Mark end = to.mark();
        nextFirst = end.index() + 1;
        while (!segments.isEmpty() && to.forgets(segments.lastKey())) {
            Map.Entry<Long, Segment> dropped = segments.pollLastEntry();
            dropped.getValue().close();
            files.delete(Segment.name(dropped.getKey()));
        }
        add(end, Math.min(segmentBytes, FIRST_BYTES), manifest -> to.isReset() ? manifest.withSnapshot(end) : manifest);
    }

    /** Finishes at a start what a crash has interrupted. */
    private void finishRewind() throws IOException {
        Rewind unfinished = Rewind.read(files, manifest.get());
        if (unfinished == null) {
            return;
        }
        for (String name : files.names()) {
            if (Segment.isName(name) && unfinished.forgets(Segment.first(name))) {
                files.delete(name);
            }
        }
        rewind(unfinished);
        Rewind.done(files);
        newest().close();
        segments.clear();
    }

    @Override
    public void close() throws IOException {
        LogFile next = prepared == null || prepared.isCompletedExceptionally() ? null : prepared.join();
        if (next != null) {
            next.close();
        }
        for (Segment each : segments.values()) {
            each.close();
        }
        if (next != null) {
            files.delete(NEXT); // last: on a disk that has failed it fails, too
        }
    }

    private Segment newest() {
        return segments.lastEntry().getValue();
    }

    private void add(Mark end, long bytes) throws IOException {
        add(end, bytes, manifest -> manifest);
    }

    private void add(Mark end, long bytes, UnaryOperator<Manifest> more) throws IOException {
        LogFile blank = takePrepared(bytes);
        try {
            SegmentHeader header =
                    new SegmentHeader(manifest.get().cluster(), end.index() + 1, end.term(), end.chain(), blank.size());
            Segment next = Segment.create(blank, header);
            files.rename(NEXT, Segment.name(header.first()));
            blank.movedTo(files.path(Segment.name(header.first())));
            manifest.update(now -> more.apply(now.withNewest(header.first()).withLast(end)));
            segments.put(header.first(), next);
        } catch (IOException | RuntimeException | Error e) {
            blank.close();
            throw e;
        }
    }

    private LogFile takePrepared(long bytes) throws IOException {
        CompletableFuture<LogFile> ready = prepared;
        prepared = null;
        if (ready != null) {
            LogFile file = join(ready);
            if (isAtLeast(file, bytes)) {
                return file;
            }
            file.close();
        }
        return files.createZeroed(NEXT, bytes);
    }

    /** A file whose disk does not even say how long it is is closed: nobody else knows it any more. */
    private static boolean isAtLeast(LogFile file, long bytes) throws IOException {
        try {
            return file.size() >= bytes;
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    private LogFile prepare() {
        try {
            return files.createZeroed(NEXT, segmentBytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LogFile join(CompletableFuture<LogFile> future) throws IOException {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw new IOException("the next segment could not be made", e.getCause());
        }
    }
}
