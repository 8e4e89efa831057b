package io.dtx.runtime.log.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One file of records: header, {@link MarkPage}, records, blank space. One thread appends; any thread reads what has been
 * appended.
 */
final class Segment implements Closeable {

    /** The offset of the first record. */
    static final int RECORDS = MarkPage.OFFSET + MarkPage.BYTES;

    private final LogFile file;
    private final SegmentHeader header;
    private final MarkPage marks;
    private final SparseIndex places;
    private volatile Mark last;

    Segment(LogFile file, SegmentHeader header, MarkPage marks, SparseIndex places, Mark last) {
        this.file = file;
        this.header = header;
        this.marks = marks;
        this.places = places;
        this.last = last;
    }

    /** Makes an empty segment of a blank file: durable, but not yet under its name. */
    static Segment create(LogFile blank, SegmentHeader header) throws IOException {
        header.write(blank);
        MarkPage marks = MarkPage.read(blank);
        marks.acknowledge(header.start());
        blank.force();
        return new Segment(blank, header, marks, new SparseIndex(header), header.start());
    }

    static String name(long first) {
        return String.format("segment-%020d.log", first);
    }

    static boolean isName(String name) {
        return name.matches("segment-\\d{20}\\.log");
    }

    static long first(String name) {
        return Long.parseLong(name.substring("segment-".length(), name.length() - ".log".length()));
    }

    static long bytesFor(int recordBytes) {
        return RECORDS + RecordFormat.aligned(recordBytes);
    }

    LogFile file() {
        return file;
    }

    SegmentHeader header() {
        return header;
    }

    Mark last() {
        return last;
    }

    boolean hasRoomFor(int recordBytes) {
        return last.end() + recordBytes <= header.bytes();
    }

    boolean isHalfFull() {
        return last.end() > header.bytes() / 2;
    }

    /**
     * Appends a record and makes it durable, with its mark: one write for each and one force.
     *
     * @param record room for the header, and the body
     */
    void append(long term, ByteBuffer record) throws IOException {
        Mark before = last;
        long chain = RecordFormat.seal(record, before.chain(), before.index() + 1, term);
        Mark after = new Mark(before.index() + 1, term, chain, RecordFormat.aligned(before.end() + record.limit()));
        write(record.position(0), before, after);
        places.add(after.index(), before.end());
        last = after;
    }

    /** Appends several records and makes them durable together: one write, one mark and one force for all. */
    void append(RecordBatch batch) throws IOException {
        Mark before = last;
        Mark after = batch.seal(before);
        write(batch.bytes(), before, after);
        batch.index(places, before);
        last = after;
    }

    private void write(ByteBuffer records, Mark before, Mark after) throws IOException {
        file.write(records, before.end());
        if (Announcement.sectorCount(before.end(), before.end() + records.limit()) <= MarkPage.SECTORS_MAX) {
            marks.announce(Announcement.of(before, after, records));
        } else {
            file.force();
            marks.announce(Announcement.ofDurable(before.index(), before.end(), after));
        }
        file.force();
        marks.acknowledge(after);
    }

    /** Reads a record, header and body; null if it is behind the last one. */
    @Nullable
    ByteBuffer read(long index) throws IOException {
        Mark end = last;
        if (index > end.index()) {
            return null;
        }
        long place = places.placeBefore(index);
        ByteBuffer part =
                ByteBuffer.allocate((int) Math.min(SparseIndex.STEP + RecordFormat.HEADER, end.end() - place));
        file.read(part, place);
        int at = 0;
        while (at + RecordFormat.HEADER <= part.limit()) {
            int length = RecordFormat.length(part, at);
            if (length <= 0 || length > end.end() - place - at - RecordFormat.HEADER) {
                break;
            }
            if (RecordFormat.index(part, at) == index) {
                return record(place + at, index, length);
            }
            at = (int) RecordFormat.aligned(at + RecordFormat.HEADER + length);
        }
        throw Damage.at(file.path(), place + at, "record " + index + " is not where it was written");
    }

    private ByteBuffer record(long place, long index, int length) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(RecordFormat.HEADER + length);
        file.read(record, place);
        if (RecordFormat.length(record, 0) != length || !RecordFormat.isIntact(record, 0)) {
            throw Damage.at(file.path(), place, "record " + index + " fails its checksum");
        }
        return record;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
