package io.dtx.runtime.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link WireWriter} wrote. Not thread-safe. Whatever the bytes are, each method returns a value or throws
 * {@link LogDamagedException}, and allocates no more than the buffer still holds.
 */
public final class WireReader {

    private final ByteBuffer in;

    /** Reads from the buffer's position to its limit. */
    public WireReader(ByteBuffer in) {
        this.in = in;
    }

    /** Returns how many bytes are left. */
    public int remaining() {
        return in.remaining();
    }

    /** Reads one byte. */
    public byte readByte() {
        require(1);
        return in.get();
    }

    /** Reads a number of 1 to 10 bytes. */
    public long readLong() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            byte part = readByte();
            value |= (long) (part & 0x7F) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw damaged("a number is too long");
    }

    /** Reads a number of at most 32 bits. */
    public int readInt() {
        long value = readLong();
        if (value >>> 32 != 0) {
            throw damaged("a number is too large");
        }
        return (int) value;
    }

    /** Reads how many elements follow, each of which takes at least {@code bytesMin} bytes. */
    public int readCount(int bytesMin) {
        int count = readInt();
        if (count < 0 || count > in.remaining() / bytesMin) {
            throw damaged("more is announced than follows");
        }
        return count;
    }

    /** Reads 8 bytes. */
    public long readFixedLong() {
        require(Long.BYTES);
        return in.getLong();
    }

    /** Reads a length and bytes. */
    public byte[] readBytes() {
        return take(readInt());
    }

    /** Reads bytes or their absence. */
    public byte @Nullable [] readNullableBytes() {
        int lengthAndOne = readInt();
        return lengthAndOne == 0 ? null : take(lengthAndOne - 1);
    }

    /** Reads a text. */
    public String readString() {
        return text(readBytes());
    }

    /** Reads a text or its absence. */
    public @Nullable String readNullableString() {
        byte[] bytes = readNullableBytes();
        return bytes == null ? null : text(bytes);
    }

    /** Takes the part behind a length out: a reader of its own for it, while this one goes on behind it. */
    public WireReader readSized() {
        int length = readInt();
        require(length);
        ByteBuffer part = in.slice(in.position(), length);
        in.position(in.position() + length);
        return new WireReader(part);
    }

    private byte[] take(int length) {
        require(length);
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private void require(int length) {
        if (length < 0 || length > in.remaining()) {
            throw damaged("the record ends too early");
        }
    }

    private String text(byte[] bytes) {
        for (byte each : bytes) {
            if (each < 0) {
                return wideText(bytes);
            }
        }
        return new String(bytes, StandardCharsets.ISO_8859_1); // plain ASCII, the usual case
    }

    private String wideText(byte[] bytes) {
        char[] units = new char[bytes.length];
        int length = 0;
        int at = 0;
        while (at < bytes.length) {
            int first = bytes[at++];
            if (first >= 0) {
                units[length++] = (char) first;
            } else if ((first & 0xE0) == 0xC0 && at < bytes.length) {
                units[length++] = (char) (((first & 0x1F) << 6) | follower(bytes[at++]));
            } else if ((first & 0xF0) == 0xE0 && at + 1 < bytes.length) {
                units[length++] =
                        (char) (((first & 0x0F) << 12) | (follower(bytes[at++]) << 6) | follower(bytes[at++]));
            } else {
                throw damaged("a text is malformed");
            }
        }
        return new String(units, 0, length);
    }

    private int follower(byte each) {
        if ((each & 0xC0) != 0x80) {
            throw damaged("a text is malformed");
        }
        return each & 0x3F;
    }

    private LogDamagedException damaged(String what) {
        return new LogDamagedException("DTX-5003 " + what + ", at byte " + in.position() + " of " + in.limit(), null);
    }
}
