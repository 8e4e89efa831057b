package io.dtx.spi;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of recorded values. Not thread-safe. Whatever the bytes are, every method returns a value or throws
 * {@link MalformedRecordException}, and allocates no more than a small multiple of their length.
 *
 * @see ArgumentWriter
 */
public final class ArgumentReader {

    private final byte[] bytes;
    private int position;
    private int end;
    private int depth;
    private @Nullable List<RecordShape> shapes;

    /** Reads from the first byte on. */
    public ArgumentReader(byte[] bytes) {
        this.bytes = bytes;
        this.end = bytes.length;
    }

    /**
     * Reads one byte.
     *
     * @throws MalformedRecordException at the end
     */
    public byte readByte() {
        require(1);
        return bytes[position++];
    }

    /**
     * Reads a number.
     *
     * @throws MalformedRecordException if there is none
     */
    public long readLong() {
        long value = readUnsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    /** Reads a number. */
    public int readInt() {
        return (int) readBetween(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** Reads a number. */
    public short readShort() {
        return (short) readBetween(Short.MIN_VALUE, Short.MAX_VALUE);
    }

    /** Reads a character, written as a number. */
    public char readChar() {
        return (char) readBetween(Character.MIN_VALUE, Character.MAX_VALUE);
    }

    /** Reads a flag. */
    public boolean readBoolean() {
        return readTag(1) == 1;
    }

    /** Reads a number. */
    public float readFloat() {
        return Float.intBitsToFloat((int) readFixed(Integer.BYTES));
    }

    /** Reads a number. */
    public double readDouble() {
        return Double.longBitsToDouble(readFixed(Long.BYTES));
    }

    /** Reads whether a value follows. */
    public boolean readPresence() {
        return readTag(1) == 1;
    }

    /**
     * Reads one of a few tags.
     *
     * @param highest the highest tag that is known
     * @return 0 to {@code highest}
     */
    public int readTag(int highest) {
        int tag = readByte();
        if (tag < 0 || tag > highest) {
            throw malformed("tag " + tag + ", known are 0 to " + highest + ",", position - 1);
        }
        return tag;
    }

    /**
     * Reads how many elements follow, each of one byte at least.
     *
     * @return -1 for null
     */
    public int readSize() {
        int at = position;
        long size = readUnsigned() - 1;
        if (size < -1 || size > end - position) {
            throw malformed("a size of " + size + " with " + (end - position) + " bytes left", at);
        }
        return (int) size;
    }

    /** Reads a text. */
    public @Nullable String readString() {
        int size = readSize();
        if (size < 0) {
            return null;
        }
        position += size;
        return Characters.decode(bytes, position - size, size);
    }

    /** Reads bytes. */
    public byte @Nullable [] readBytes() {
        int size = readSize();
        if (size < 0) {
            return null;
        }
        position += size;
        return Arrays.copyOfRange(bytes, position - size, position);
    }

    /** Reads a constant by its name. */
    public <E extends Enum<E>> @Nullable E readEnum(Class<E> type) {
        int at = position;
        String name = readString();
        if (name == null) {
            return null;
        }
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw malformed("a constant that " + type.getName() + " does not have (any more)", at);
        }
    }

    /** Reads a number of any size. */
    public @Nullable BigInteger readBigInteger() {
        int at = position;
        byte[] magnitude = readBytes();
        if (magnitude != null && magnitude.length == 0) {
            throw malformed("a number without digits", at);
        }
        return magnitude == null ? null : new BigInteger(magnitude);
    }

    /** Reads a number of any size with its scale. */
    public @Nullable BigDecimal readBigDecimal() {
        BigInteger unscaled = readBigInteger();
        return unscaled == null ? null : new BigDecimal(unscaled, readInt());
    }

    /** Reads an identifier. */
    public @Nullable UUID readUuid() {
        return readPresence() ? new UUID(readFixed(Long.BYTES), readFixed(Long.BYTES)) : null;
    }

    /**
     * Begins a record: its components follow, then {@link RecordFrame#end}.
     *
     * @param shape the record's components today
     * @return null if there is no record
     * @throws MalformedRecordException if the record was written with other components than the first ones of today
     */
    public @Nullable RecordFrame beginRecord(RecordShape shape) {
        int at = position;
        RecordShape written = readShape();
        if (written == null) {
            return null;
        }
        int common = shape.common(written);
        if (common < 0) {
            throw malformed(
                    "a " + shape
                            + " with other components than today's: only adding some at its end keeps it readable,",
                    at);
        }
        if (++depth > ArgumentWriter.MAX_DEPTH) {
            throw malformed("more than " + ArgumentWriter.MAX_DEPTH + " nested records", at);
        }
        long size = readUnsigned();
        if (size < 0 || size > end - position) {
            throw malformed("a record of " + size + " bytes with " + (end - position) + " left", at);
        }
        RecordFrame frame = new RecordFrame(this, common, common == written.size(), end);
        end = position + (int) size;
        return frame;
    }

    /**
     * Checks that everything was read.
     *
     * @throws MalformedRecordException if bytes are left
     */
    public void end() {
        if (position != end) {
            throw malformed((end - position) + " bytes too many", position);
        }
    }

    void endRecord(boolean completely, int outerEnd) {
        if (completely) {
            end();
        }
        position = end; // passes over components that were added after this class was compiled
        end = outerEnd;
        depth--;
    }

    private @Nullable RecordShape readShape() {
        int at = position;
        long place = readUnsigned();
        if (place == 0) {
            return null;
        }
        List<RecordShape> known = shapes == null ? shapes = new ArrayList<>(4) : shapes;
        if (place == 1) {
            int size = (int) Math.min(Math.max(0, readUnsigned()), Integer.MAX_VALUE / 2);
            require(size * Short.BYTES);
            List<Short> checks = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                checks.add((short) readFixed(Short.BYTES));
            }
            RecordShape shape = RecordShape.read(checks);
            known.add(shape);
            return shape;
        }
        if (place < 0 || place - 2 >= known.size()) {
            throw malformed("a record of shape " + (place - 2) + " of " + known.size(), at);
        }
        return known.get((int) place - 2);
    }

    private long readBetween(long least, long most) {
        int at = position;
        long value = readLong();
        if (value < least || value > most) {
            throw malformed("the number " + value + ", not between " + least + " and " + most + ",", at);
        }
        return value;
    }

    private long readUnsigned() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            byte part = readByte();
            value |= (long) (part & 0x7F) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw malformed("a number of more than 10 bytes", position - 10);
    }

    private long readFixed(int size) {
        require(size);
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = (value << 8) | (bytes[position++] & 0xFF);
        }
        return value;
    }

    private void require(int size) {
        if (size > end - position) {
            throw malformed("the end where " + size + " more bytes were expected", position);
        }
    }

    private static MalformedRecordException malformed(String found, int at) {
        return new MalformedRecordException("found " + found + " at byte " + at + " of a recorded value");
    }
}
