package io.dtx.runtime.log.file;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * What must be in the directory; written anew at every start, new segment and snapshot.
 *
 * @param cluster the name of the log
 * @param term the highest term that was led in
 * @param newest the first index of the newest segment that must exist; 0 before there is one
 * @param newestChain the chain hash before that segment
 * @param snapshot the index of the snapshot that must exist; 0 for none
 * @param snapshotChain the chain hash behind the entry with that index
 */
record Manifest(long cluster, long term, long newest, long newestChain, long snapshot, long snapshotChain) {

    static final int BYTES = 64;

    private static final long MAGIC = 0x4454_584D_414E_0001L; // DTXMAN and the version
    private static final int CRC = 56;

    Manifest withTerm(long next) {
        return new Manifest(cluster, next, newest, newestChain, snapshot, snapshotChain);
    }

    Manifest withNewest(SegmentHeader segment) {
        return new Manifest(cluster, term, segment.first(), segment.chainBefore(), snapshot, snapshotChain);
    }

    Manifest withSnapshot(long index, long chain) {
        return new Manifest(cluster, term, newest, newestChain, index, chain);
    }

    /** The chain hash behind the snapshot, or that with which the log begins. */
    long chainOfTheSnapshot() {
        return snapshot == 0 ? cluster : snapshotChain;
    }

    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.putLong(MAGIC).putLong(cluster).putLong(term).putLong(newest).putLong(newestChain);
        bytes.putLong(snapshot).putLong(snapshotChain);
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
                bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }
}
