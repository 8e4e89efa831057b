package io.dtx.runtime.log.file;

import java.util.Arrays;

/**
 * Where some of a segment's records are: one in every 8 KiB, so that any other is a short walk away and the heap holds 12 bytes
 * for each. One thread adds, any thread looks up.
 */
final class SparseIndex {

    /** The record that is looked for begins at most so far behind the one that is found. */
    static final int STEP = 8 << 10;

    private final long first;
    private volatile Places places;
    private long nextPlace = Segment.RECORDS;

    /** Immutable up to its count; the arrays behind that belong to the thread that adds. */
    private record Places(int[] indexes, long[] offsets, int count) {}

    SparseIndex(SegmentHeader header) {
        this.first = header.first();
        this.places = new Places(new int[64], new long[64], 0);
    }

    void add(long index, long offset) {
        if (offset < nextPlace) {
            return;
        }
        nextPlace = offset + STEP;
        Places now = places;
        boolean full = now.count == now.indexes.length;
        int[] indexes = full ? Arrays.copyOf(now.indexes, now.count * 2) : now.indexes;
        long[] offsets = full ? Arrays.copyOf(now.offsets, now.count * 2) : now.offsets;
        indexes[now.count] = (int) (index - first);
        offsets[now.count] = offset;
        places = new Places(indexes, offsets, now.count + 1);
    }

    /** Returns the offset of the record or of one shortly before it. */
    long placeBefore(long index) {
        Places now = places;
        int found = Arrays.binarySearch(now.indexes, 0, now.count, (int) (index - first));
        return now.offsets[found >= 0 ? found : Math.max(0, -found - 2)];
    }
}
