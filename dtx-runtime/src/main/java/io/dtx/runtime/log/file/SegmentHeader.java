package io.dtx.runtime.log.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The first page of a segment; written once.
 *
 * @param cluster whose log it is part of
 * @param first the index of its first record
 * @param termBefore the term of the record before that
 * @param chainBefore the chain hash before it
 * @param bytes the length of the file
 */
record SegmentHeader(long cluster, long first, long termBefore, long chainBefore, long bytes) {

    private static final long MAGIC = 0x4454_5853_4547_0001L; // DTXSEG and the version
    private static final int BYTES = 64;
    private static final int CRC = 48;

    void write(LogFile file) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(BYTES);
        header.putLong(MAGIC)
                .putLong(cluster)
                .putLong(first)
                .putLong(termBefore)
                .putLong(chainBefore)
                .putLong(bytes);
        header.putInt(RecordFormat.crc(header, 0, CRC));
        file.write(header.clear(), 0);
    }

    static SegmentHeader read(LogFile file) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(BYTES);
        file.read(header, 0);
        if (header.hasRemaining()) {
            throw Damage.at(file.path(), header.position(), "the file ends in its header");
        }
        header.flip();
        if (RecordFormat.crc(header, 0, CRC) != header.getInt(CRC)) {
            throw Damage.at(file.path(), 0, "its header fails its checksum");
        }
        if (header.getLong() != MAGIC) {
            throw Damage.at(file.path(), 0, "it is not a segment that this version of dtx can read");
        }
        SegmentHeader read = new SegmentHeader(
                header.getLong(), header.getLong(), header.getLong(), header.getLong(), header.getLong());
        if (read.bytes != file.size()) {
            throw Damage.at(
                    file.path(),
                    Math.min(read.bytes, file.size()),
                    "it has " + file.size() + " bytes, but was made with " + read.bytes);
        }
        return read;
    }

    /** Where the segment stands before its first record. */
    Mark start() {
        return new Mark(first - 1, termBefore, chainBefore, Segment.RECORDS);
    }
}
