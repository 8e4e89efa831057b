package io.dtx.runtime.log.file;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The bytes around a record: checksum of all that follows, length of the body, chain hash of all records before it, index,
 * term; then the body. Records begin at multiples of {@link #ALIGNMENT}.
 */
final class RecordFormat {

    static final int HEADER = 32;
    static final int ALIGNMENT = 8;

    private static final int CRC = 0;
    private static final int LENGTH = 4;
    private static final int CHAIN = 8;
    private static final int INDEX = 16;
    private static final int TERM = 24;

    private RecordFormat() {}

    /**
     * Fills the header of a record whose body stands behind it.
     *
     * @param record header and body, from 0 to the limit
     * @return the chain hash behind it
     */
    static long seal(ByteBuffer record, long chain, long index, long term) {
        record.putInt(LENGTH, record.limit() - HEADER);
        record.putLong(CHAIN, chain);
        record.putLong(INDEX, index);
        record.putLong(TERM, term);
        record.putInt(CRC, crc(record, LENGTH, record.limit()));
        return chainBehind(record, 0);
    }

    static int length(ByteBuffer bytes, int at) {
        return bytes.getInt(at + LENGTH);
    }

    static long chainBefore(ByteBuffer bytes, int at) {
        return bytes.getLong(at + CHAIN);
    }

    static long index(ByteBuffer bytes, int at) {
        return bytes.getLong(at + INDEX);
    }

    static long term(ByteBuffer bytes, int at) {
        return bytes.getLong(at + TERM);
    }

    /** Whether there is nothing: space that was never written. */
    static boolean isBlank(ByteBuffer bytes, int at) {
        return (bytes.getLong(at) | bytes.getLong(at + 8) | bytes.getLong(at + 16) | bytes.getLong(at + 24)) == 0;
    }

    /** Whether the record, all of which is in the buffer, is as it was written. */
    static boolean isIntact(ByteBuffer bytes, int at) {
        return crc(bytes, at + LENGTH, at + HEADER + length(bytes, at)) == bytes.getInt(at + CRC);
    }

    static ByteBuffer body(ByteBuffer bytes, int at) {
        return bytes.slice(at + HEADER, length(bytes, at));
    }

    /** Returns the hash of the chain with the record at its end. */
    static long chainBehind(ByteBuffer bytes, int at) {
        long hash = chainBefore(bytes, at) ^ (((long) bytes.getInt(at + CRC) << 32) | length(bytes, at));
        hash = (hash + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ (hash >>> 31)) * 0x94D049BB133111EBL;
        return hash ^ (hash >>> 30);
    }

    static long aligned(long offset) {
        return (offset + ALIGNMENT - 1) & -ALIGNMENT;
    }

    static int crc(ByteBuffer bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().limit(to).position(from));
        return (int) crc.getValue();
    }
}
