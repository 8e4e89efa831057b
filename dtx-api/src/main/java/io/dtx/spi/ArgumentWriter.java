package io.dtx.spi;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Collects the bytes of recorded values. Not thread-safe; used once.
 *
 * <p>Numbers are short where they are small; every reference may be null. The format says nothing about itself but the
 * {@linkplain RecordShape shapes of records}: what was written in one order must be read in the same.
 *
 * @see ArgumentReader
 */
public final class ArgumentWriter {

    /** The most that one call may record: 1 MiB. Larger things belong into a database; record their id. */
    public static final int MAX_BYTES = 1 << 20;

    /** How deep records may be nested in records. */
    public static final int MAX_DEPTH = 64;

    private byte[] bytes = new byte[64];
    private int length;
    private int depth;
    private @Nullable List<RecordShape> shapes;

    /**
     * Writes one byte.
     *
     * @throws IllegalArgumentException if the record becomes larger than {@link #MAX_BYTES}; every method does so
     */
    public void writeByte(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    /** Writes a number in 1 to 10 bytes; small ones of either sign are short. */
    public void writeLong(long value) {
        writeUnsigned((value << 1) ^ (value >> 63));
    }

    /** Writes a number in 1 to 5 bytes; small ones of either sign are short. */
    public void writeInt(int value) {
        writeLong(value);
    }

    /** Writes a flag in one byte. */
    public void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    /** Writes a number in four bytes, bit by bit. */
    public void writeFloat(float value) {
        writeFixed(Float.floatToRawIntBits(value), Integer.BYTES);
    }

    /** Writes a number in eight bytes, bit by bit. */
    public void writeDouble(double value) {
        writeFixed(Double.doubleToRawLongBits(value), Long.BYTES);
    }

    /** Writes whether there is a value, and returns it: if so, the value is written next. */
    public boolean writePresence(@Nullable Object value) {
        writeByte(value == null ? 0 : 1);
        return value != null;
    }

    /** Writes whether there is an optional with a value, and returns it: if so, the value is written next. */
    public boolean writeOptional(@Nullable Optional<?> value) {
        writeByte(value == null ? 0 : value.isEmpty() ? 1 : 2);
        return value != null && value.isPresent();
    }

    /** Writes how many elements follow, or that there is no collection. */
    public boolean writeSize(@Nullable Collection<?> values) {
        return writeSize(values == null ? -1 : values.size());
    }

    /** Writes how many entries follow, each a key and a value, or that there is no map. */
    public boolean writeSize(@Nullable Map<?, ?> values) {
        return writeSize(values == null ? -1 : values.size());
    }

    /**
     * Writes how many elements follow.
     *
     * @param size at least 0, or -1 for null
     * @return whether elements follow
     */
    public boolean writeSize(int size) {
        writeUnsigned(size + 1L);
        return size > 0;
    }

    /** Writes a text, whatever its characters: also halves of surrogate pairs come back. */
    public void writeString(@Nullable String value) {
        if (value == null) {
            writeUnsigned(0);
            return;
        }
        int encoded = Characters.encodedLength(value);
        writeUnsigned(encoded + 1L);
        reserve(encoded);
        Characters.encode(value, bytes, length);
        length += encoded;
    }

    /** Writes bytes as they are. */
    public void writeBytes(byte @Nullable [] value) {
        if (value == null) {
            writeUnsigned(0);
            return;
        }
        writeUnsigned(value.length + 1L);
        reserve(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    /** Writes a constant by its name. */
    public void writeEnum(@Nullable Enum<?> value) {
        writeString(value == null ? null : value.name());
    }

    /** Writes a number of any size. */
    public void writeBigInteger(@Nullable BigInteger value) {
        writeBytes(value == null ? null : value.toByteArray());
    }

    /** Writes a number of any size and its scale: 1.0 and 1.00 stay different. */
    public void writeBigDecimal(@Nullable BigDecimal value) {
        writeBigInteger(value == null ? null : value.unscaledValue());
        if (value != null) {
            writeInt(value.scale());
        }
    }

    /** Writes an identifier in 17 bytes. */
    public void writeUuid(@Nullable UUID value) {
        if (writePresence(value) && value != null) {
            writeFixed(value.getMostSignificantBits(), Long.BYTES);
            writeFixed(value.getLeastSignificantBits(), Long.BYTES);
        }
    }

    /**
     * Begins a record: its components follow, then {@link #endRecord}.
     *
     * @param value the record; null writes that there is none
     * @return what to give to {@link #endRecord}; -1 if there is no record, and nothing follows
     * @throws IllegalArgumentException if it is nested deeper than {@link #MAX_DEPTH}
     */
    public int beginRecord(@Nullable Object value, RecordShape shape) {
        if (value == null) {
            writeUnsigned(0);
            return -1;
        }
        if (++depth > MAX_DEPTH) {
            throw new IllegalArgumentException("DTX-2090 a recorded " + shape + " is nested deeper than " + MAX_DEPTH
                    + " records: record an id, or fewer of them.");
        }
        writeShape(shape);
        reserve(1);
        return length++;
    }

    /**
     * Ends a record, and writes its length before it, so that a reader that knows fewer components can pass over the rest.
     *
     * @param begin what {@link #beginRecord} returned
     */
    public void endRecord(int begin) {
        depth--;
        int size = length - begin - 1;
        int extra = 0; // one byte was left free; longer lengths push the components back
        for (int rest = size >>> 7; rest != 0; rest >>>= 7) {
            extra++;
        }
        reserve(extra);
        System.arraycopy(bytes, begin + 1, bytes, begin + 1 + extra, size);
        length = begin;
        writeUnsigned(size);
        length += size;
    }

    /** Returns what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    // 1 and the shape itself the first time, then 2 + its place among the shapes written so far.
    private void writeShape(RecordShape shape) {
        List<RecordShape> known = shapes == null ? shapes = new ArrayList<>(4) : shapes;
        int place = known.indexOf(shape);
        if (place >= 0) {
            writeUnsigned(2L + place);
            return;
        }
        known.add(shape);
        writeUnsigned(1);
        writeUnsigned(shape.size());
        for (int i = 0; i < shape.size(); i++) {
            writeFixed(shape.check(i), Short.BYTES);
        }
    }

    private void writeUnsigned(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    private void writeFixed(long value, int size) {
        reserve(size);
        for (int shift = (size - 1) * 8; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    private void reserve(int more) {
        long needed = (long) length + more;
        if (needed <= bytes.length) {
            return;
        }
        if (needed > MAX_BYTES) {
            throw new IllegalArgumentException("DTX-2091 the recorded values are larger than " + MAX_BYTES
                    + " bytes: end the compensation's parameters before the large one, or record an id.");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_BYTES, Math.max(needed, bytes.length * 2L)));
    }
}
