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
 */
record Manifest(long cluster, long term, long newest, long last, long lastChain, long snapshot, long snapshotChain) {

    static final int BYTES = 72;

    private static final long MAGIC = 0x4454_584D_414E_0001L; // DTXMAN and the version
    private static final int CRC = 64;

    /** The first manifest of a cluster, whose name is also what the chain begins with. */
    static Manifest first(long cluster) {
        return new Manifest(cluster, 0, 0, 0, cluster, 0, cluster);
    }

    Manifest withTerm(long next) {
        return new Manifest(cluster, next, newest, last, lastChain, snapshot, snapshotChain);
    }

    Manifest withNewest(long first) {
        return new Manifest(cluster, term, first, last, lastChain, snapshot, snapshotChain);
    }

    Manifest withLast(Mark mark) {
        return new Manifest(cluster, term, newest, mark.index(), mark.chain(), snapshot, snapshotChain);
    }

    Manifest withSnapshot(Mark mark) {
        return new Manifest(cluster, term, newest, last, lastChain, mark.index(), mark.chain());
    }

    /** Whether a log that stands here is not the one that was written. */
    boolean contradicts(long index, long chain) {
        return (index == last && chain != lastChain) || (index == snapshot && chain != snapshotChain);
    }

    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.putLong(MAGIC).putLong(cluster).putLong(term).putLong(newest);
        bytes.putLong(last).putLong(lastChain).putLong(snapshot).putLong(snapshotChain);
        bytes.putInt(RecordFormat.crc(bytes, 0, CRC)).putInt(0);
        return bytes.flip();
    }

    static Manifest decode(Path file, ByteBuffer bytes) {
        if (bytes.remaining() != BYTES) {
            throw Damage.at(file, Math.min(BYTES, bytes.remaining()), "it does not have " + BYTES + " bytes");
        }
        if (RecordFormat.crc(bytes, 0, CRC) != bytes.getInt(CRC) || bytes.getInt(CRC + 4) != 0) {
            throw Damage.at(file, 0, "it fails its checksum");
        }
        if (bytes.getLong() != MAGIC) {
            throw Damage.at(file, 0, "it is not a manifest that this version of dtx can read");
        }
        return new Manifest(
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong());
    }
}
