package io.dtx.runtime.log.file;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Records that become durable together, under one mark and one force; after a crash some of those at the end may be missing.
 * To be used again after {@link #clear}. Used by one thread.
 */
public final class RecordBatch {

    /** Several records are at most so long together; their mark then holds a checksum of each sector. */
    static final int BYTES_MAX = (MarkPage.SECTORS_MAX - 1) * Announcement.SECTOR;

    private static final int BUFFER_KEPT = 2 << 20;
    private static final int BUFFER_LEAST = 64 << 10;

    private ByteBuffer bytes = ByteBuffer.allocateDirect(BUFFER_LEAST);
    private int[] ends = new int[64];
    private long[] terms = new long[64];
    private int count;

    /** Creates an empty batch. */
    public RecordBatch() {}

    /** Forgets the records. */
    public void clear() {
        count = 0;
        if (bytes.capacity() > BUFFER_KEPT) {
            bytes = ByteBuffer.allocateDirect(BUFFER_LEAST);
        }
        bytes.clear();
    }

    /**
     * Adds a record behind the others.
     *
     * @param parts its body: one behind the other, at least one byte in all; they are read from position to limit
     * @return false if the batch is full, and the record was not added; an empty batch takes any
     */
    public boolean add(long term, ByteBuffer... parts) {
        int length = RecordFormat.HEADER;
        for (ByteBuffer part : parts) {
            length += part.remaining();
        }
        int start = start();
        if (count > 0 && start + length > BYTES_MAX) {
            return false;
        }
        makeRoom(start + length);
        while (bytes.position() < start) {
            bytes.put((byte) 0);
        }
        bytes.position(start + RecordFormat.HEADER);
        for (ByteBuffer part : parts) {
            bytes.put(part.duplicate());
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count * 2);
            terms = Arrays.copyOf(terms, count * 2);
        }
        ends[count] = start + length;
        terms[count] = term;
        count++;
        return true;
    }

    /** Returns how many records there are. */
    public int count() {
        return count;
    }

    /** The term of the last record. */
    long lastTerm() {
        return terms[count - 1];
    }

    /** The bytes from the first record's begin to the last one's end. */
    int length() {
        return count == 0 ? 0 : ends[count - 1];
    }

    /** Fills the headers; returns where the log stands behind the last record. */
    Mark seal(Mark before) {
        Mark mark = before;
        int start = 0;
        for (int i = 0; i < count; i++) {
            long chain =
                    RecordFormat.seal(bytes.slice(start, ends[i] - start), mark.chain(), mark.index() + 1, terms[i]);
            start = (int) RecordFormat.aligned(ends[i]);
            mark = new Mark(mark.index() + 1, terms[i], chain, before.end() + start);
        }
        return mark;
    }

    /** The sealed records. */
    ByteBuffer bytes() {
        return bytes.limit(length()).position(0);
    }

    /** Notes where the records are, once they are behind a mark. */
    void index(SparseIndex places, Mark before) {
        long start = before.end();
        for (int i = 0; i < count; i++) {
            places.add(before.index() + 1 + i, start);
            start = before.end() + RecordFormat.aligned(ends[i]);
        }
    }

    private int start() {
        return (int) RecordFormat.aligned(length());
    }

    private void makeRoom(int end) {
        if (end > bytes.capacity()) {
            ByteBuffer larger = ByteBuffer.allocateDirect(Math.max(end, bytes.capacity() * 2));
            bytes = larger.put(bytes.flip());
        }
    }
}
