package io.dtx.runtime.coordinator;

import io.dtx.TransactionId;

/** Finds the positions of transactions in a {@link TransactionSlab}: one open table of numbers. Not thread-safe. */
final class PositionIndex {

    static final long NONE = -1;

    private final TransactionSlab slab;
    private long[] positions = new long[16]; // and one; 0: nothing. At most half of the places are taken
    private int[] hashes = new int[16];
    private int count;

    PositionIndex(TransactionSlab slab) {
        this.slab = slab;
    }

    /** Returns where a transaction is, or {@link #NONE}. */
    long find(TransactionId id) {
        int place = place(id);
        return place < 0 ? NONE : positions[place] - 1;
    }

    private int place(TransactionId id) {
        int hash = hash(id);
        for (int i = home(hash); positions[i] != 0; i = next(i)) {
            if (hashes[i] == hash && slab.has(positions[i] - 1, id)) {
                return i;
            }
        }
        return -1;
    }

    /** Puts the position of a transaction that is not in the table. */
    void add(TransactionId id, long position) {
        if (2 * ++count > positions.length) {
            grow();
        }
        insert(hash(id), position + 1);
    }

    private void insert(int hash, long positionAndOne) {
        int i = home(hash);
        while (positions[i] != 0) {
            i = next(i);
        }
        positions[i] = positionAndOne;
        hashes[i] = hash;
    }

    private void grow() {
        long[] formerPositions = positions;
        int[] formerHashes = hashes;
        positions = new long[2 * formerPositions.length];
        hashes = new int[positions.length];
        for (int i = 0; i < formerPositions.length; i++) {
            if (formerPositions[i] != 0) {
                insert(formerHashes[i], formerPositions[i]);
            }
        }
    }

    /** Takes a transaction's position out, if it is there; what was pushed on by it moves back, so that no search ends at the gap. */
    void remove(TransactionId id) {
        int gap = place(id);
        if (gap < 0) {
            return;
        }
        count--;
        for (int i = next(gap); positions[i] != 0; i = next(i)) {
            if (distance(home(hashes[i]), i) >= distance(gap, i)) {
                positions[gap] = positions[i];
                hashes[gap] = hashes[i];
                gap = i;
            }
        }
        positions[gap] = 0;
    }

    private int distance(int from, int to) {
        return (to - from) & (positions.length - 1);
    }

    private int next(int place) {
        return (place + 1) & (positions.length - 1);
    }

    private int home(int hash) {
        return hash & (positions.length - 1);
    }

    /** Spreads ids: those of one session follow each other, and without gaps between them a search would have no end. */
    private static int hash(TransactionId id) {
        long bits = ((id.cluster() * 31 + id.session()) * 31 + id.number()) * 0x9e3779b97f4a7c15L;
        return (int) (((bits ^ (bits >>> 32)) * 0x9e3779b97f4a7c15L) >>> 32);
    }
}
