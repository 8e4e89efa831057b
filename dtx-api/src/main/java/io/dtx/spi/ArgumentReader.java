package io.dtx.spi;

/** Reads the bytes of recorded values. Not thread-safe. Whatever the bytes are, it reads a value or throws. */
public final class ArgumentReader {

    private final byte[] bytes;
    private int position;

    /** Reads from the first byte on. */
    public ArgumentReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads one byte.
     *
     * @throws MalformedRecordException at the end
     */
    public byte readByte() {
        if (position == bytes.length) {
            throw new MalformedRecordException("record ends at byte " + position + " where a value was expected");
        }
        return bytes[position++];
    }

    /**
     * Reads a number.
     *
     * @throws MalformedRecordException if there is none
     */
    public long readLong() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            byte part = readByte();
            value |= (long) (part & 0x7F) << shift;
            if (part >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new MalformedRecordException("number too long at byte " + position);
    }
}
