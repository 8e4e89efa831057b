package io.dtx.runtime.log.file;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * What must be in the directory; written anew at every start, new segment, snapshot, and at the end.
 *
 * @param cluster the name of the log
 * @param term the highest term that was led in
 * @param newest the first index of the newest segment that must exist; 0 before there is one
 * @param last the index of the last record when this was written
 * @param lastChain the chain hash behind it
 * @param snapshot the index of the snapshot that must exist; 0 for none
 * @param snapshotChain the chain hash behind the record with that index
 * @param vote a checksum of the name that a member has voted for in that term; 0: of none, as in an embedded log
 */
record Manifest(
        long cluster, long term, long newest, long last, long lastChain, long snapshot, long snapshotChain, int vote) {

    static final int BYTES = 72;

    private static final long MAGIC = 0x4454_584D_414E_0001L; // DTXMAN and the version
    private static final long MAGIC_WITH_VOTE = MAGIC + 1;
    private static final int NUMBERS = 64; // behind them: checksum and 0, or vote and checksum

    /** The first manifest of a cluster, whose name is also what the chain begins with. */
    static Manifest first(long cluster) {
        return new Manifest(cluster, 0, 0, 0, cluster, 0, cluster, 0);
    }

    /** With a term in which nobody has been voted for. */
    Manifest withTerm(long next) {
        return withBallot(next, 0);
    }

    Manifest withBallot(long next, int voted) {
        return new Manifest(cluster, next, newest, last, lastChain, snapshot, snapshotChain, voted);
    }

    Manifest withNewest(long first) {
        return new Manifest(cluster, term, first, last, lastChain, snapshot, snapshotChain, vote);
    }

    Manifest withLast(Mark mark) {
        return new Manifest(cluster, term, newest, mark.index(), mark.chain(), snapshot, snapshotChain, vote);
    }

    Manifest withSnapshot(Mark mark) {
        return new Manifest(cluster, term, newest, last, lastChain, mark.index(), mark.chain(), vote);
    }

    /** Whether a log that stands here is not the one that was written. */
    boolean contradicts(long index, long chain) {
        return (index == last && chain != lastChain) || (index == snapshot && chain != snapshotChain);
    }

    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.putLong(vote == 0 ? MAGIC : MAGIC_WITH_VOTE)
                .putLong(cluster)
                .putLong(term)
                .putLong(newest);
        bytes.putLong(last).putLong(lastChain).putLong(snapshot).putLong(snapshotChain);
        if (vote == 0) {
            bytes.putInt(RecordFormat.crc(bytes, 0, NUMBERS)).putInt(0);
        } else {
            bytes.putInt(vote).putInt(RecordFormat.crc(bytes, 0, NUMBERS + Integer.BYTES));
        }
        return bytes.flip();
    }

    static Manifest decode(Path file, ByteBuffer bytes) {
        if (bytes.remaining() != BYTES) {
            throw Damage.at(file, Math.min(BYTES, bytes.remaining()), "it does not have " + BYTES + " bytes");
        }
        long magic = bytes.getLong(0);
        boolean voted = magic == MAGIC_WITH_VOTE;
        int sealed = voted ? NUMBERS + Integer.BYTES : NUMBERS;
        boolean empty = bytes.getInt(voted ? NUMBERS : NUMBERS + Integer.BYTES) == 0;
        if (RecordFormat.crc(bytes, 0, sealed) != bytes.getInt(sealed) || empty == voted) {
            throw Damage.at(file, 0, "it fails its checksum");
        }
        if (magic != MAGIC && !voted) {
            throw Damage.at(file, 0, "it is not a manifest that this version of dtx can read");
        }
        bytes.getLong();
        return new Manifest(
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                voted ? bytes.getInt() : 0);
    }
}
