package io.dtx.runtime.log;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes values compactly into a buffer, as {@link WireReader} reads them: what entries and snapshot records are made of. Not
 * thread-safe. Every method throws {@link BufferOverflowException} when the buffer is full; write again into a larger one.
 */
public final class WireWriter {

    private final ByteBuffer out;

    /** Writes from the buffer's position on. */
    public WireWriter(ByteBuffer out) {
        this.out = out;
    }

    /** Writes one byte. */
    public void writeByte(int value) {
        out.put((byte) value);
    }

    /** Writes a number in 1 to 10 bytes, seven bits in each, the lowest first; not meant for negative ones, which take 10. */
    public void writeLong(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.put((byte) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    /** Writes a number in 1 to 5 bytes; negative ones take 5. */
    public void writeInt(int value) {
        writeLong(value & 0xFFFF_FFFFL);
    }

    /** Writes 8 bytes: for hashes, nonces and other numbers that are never small. */
    public void writeFixedLong(long value) {
        out.putLong(value);
    }

    /** Writes a length and the bytes. */
    public void writeBytes(byte[] bytes) {
        writeInt(bytes.length);
        out.put(bytes);
    }

    /** Writes bytes or their absence. */
    public void writeNullableBytes(byte @Nullable [] bytes) {
        if (bytes == null) {
            writeInt(0);
        } else {
            writeInt(bytes.length + 1);
            out.put(bytes);
        }
    }

    /**
     * Writes a length in bytes and the text: each UTF-16 unit as UTF-8 would write it, so that every string, also one with a
     * lone surrogate, is read back as it was.
     */
    public void writeString(String text) {
        writeInt(encodedLength(text));
        writeUnits(text);
    }

    /** Writes a text or its absence. */
    public void writeNullableString(@Nullable String text) {
        if (text == null) {
            writeInt(0);
        } else {
            writeInt(encodedLength(text) + 1);
            writeUnits(text);
        }
    }

    /** Writes what {@code body} writes, behind its length: readers that know less skip the rest. */
    public void writeSized(Runnable body) {
        int start = out.position();
        out.put((byte) 0);
        body.run();
        int length = out.position() - start - 1;
        int more = sizeOf(length) - 1;
        if (more > 0) { // rare: the length needs more than the one byte that was kept for it
            if (out.remaining() < more) {
                throw new BufferOverflowException();
            }
            out.put(start + 1 + more, out, start + 1, length);
        }
        out.position(start);
        writeInt(length);
        out.position(start + 1 + more + length);
    }

    private static int sizeOf(int length) {
        int size = 1;
        for (int rest = length >>> 7; rest != 0; rest >>>= 7) {
            size++;
        }
        return size;
    }

    private static int encodedLength(String text) {
        int length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit >= 0x80) {
                length = Math.addExact(length, unit < 0x800 ? 1 : 2);
            }
        }
        return length;
    }

    private void writeUnits(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit < 0x80) {
                out.put((byte) unit);
            } else if (unit < 0x800) {
                out.put((byte) (0xC0 | (unit >> 6))).put((byte) (0x80 | (unit & 0x3F)));
            } else {
                out.put((byte) (0xE0 | (unit >> 12)));
                out.put((byte) (0x80 | ((unit >> 6) & 0x3F))).put((byte) (0x80 | (unit & 0x3F)));
            }
        }
    }
}
