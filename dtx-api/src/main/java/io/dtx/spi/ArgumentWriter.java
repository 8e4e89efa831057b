package io.dtx.spi;

import java.util.Arrays;

/** Collects the bytes of recorded values. Not thread-safe; used once. */
public final class ArgumentWriter {

    private byte[] bytes = new byte[64];
    private int length;

    /** Writes one byte. */
    public void writeByte(int value) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = (byte) value;
    }

    /** Writes a number in 1 to 10 bytes; small ones of either sign are short. */
    public void writeLong(long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            writeByte((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        writeByte((int) rest);
    }

    /** Returns what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }
}
