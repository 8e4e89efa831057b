package io.dtx.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The writer and the reader of recorded values. */
class ArgumentsTest {

    /** Pins the format: these bytes are in logs. */
    @Test
    void values_have_these_bytes() {
        assertEquals("00", hex(out -> out.writeLong(0)));
        assertEquals("01", hex(out -> out.writeLong(-1)));
        assertEquals("8001", hex(out -> out.writeLong(64)));
        assertEquals("feffffffffffffffff01", hex(out -> out.writeLong(Long.MAX_VALUE)));
        assertEquals("ffffffffffffffffff01", hex(out -> out.writeLong(Long.MIN_VALUE)));
        assertEquals("feffffff0f", hex(out -> out.writeInt(Integer.MAX_VALUE)));
        assertEquals("01", hex(out -> out.writeBoolean(true)));
        assertEquals("3fc00000", hex(out -> out.writeFloat(1.5f)));
        assertEquals("bff8000000000000", hex(out -> out.writeDouble(-1.5)));
        assertEquals("00", hex(out -> out.writeString(null)));
        assertEquals("01", hex(out -> out.writeString("")));
        assertEquals("0761c3a9eda0bd", hex(out -> out.writeString("a\u00e9\ud83d")));
        assertEquals("0300ff", hex(out -> out.writeBytes(new byte[] {0, -1})));
        assertEquals("074d4f4e444159", hex(out -> out.writeEnum(DayOfWeek.MONDAY)));
        assertEquals("02ff", hex(out -> out.writeBigInteger(BigInteger.ONE.negate())));
        assertEquals("026404", hex(out -> out.writeBigDecimal(new BigDecimal("1.00"))));
        assertEquals("01" + "0".repeat(15) + "1" + "f".repeat(16), hex(out -> out.writeUuid(new UUID(1, -1))));
        assertEquals("00", hex(out -> out.writeOptional(null)));
        assertEquals("01", hex(out -> out.writeOptional(Optional.empty())));
        assertEquals("02", hex(out -> out.writeOptional(Optional.of(1))));
        assertEquals("03", hex(out -> out.writeSize(List.of(1, 2))));
        assertEquals("010202", hex(out -> RecordedTime.writeInstant(out, Instant.ofEpochSecond(1, 1))));
        assertEquals("0102", hex(out -> RecordedTime.writeLocalDate(out, LocalDate.EPOCH.plusDays(1))));
        assertEquals("01c003", hex(out -> RecordedTime.writeZoneOffset(out, ZoneOffset.ofTotalSeconds(224))));
    }

    @Test
    void a_record_is_framed_by_its_shape_and_length() {
        RecordShape shape = RecordShape.of("Line", "sku:string", "quantity:int");
        ArgumentWriter out = new ArgumentWriter();
        for (int i = 0; i < 2; i++) {
            int begin = out.beginRecord("present", shape);
            out.writeString("a");
            out.writeInt(2);
            out.endRecord(begin);
        }
        assertEquals(-1, out.beginRecord(null, shape));
        String checks =
                HexFormat.of().toHexDigits(shape.check(0)) + HexFormat.of().toHexDigits(shape.check(1));
        assertEquals(
                "0102" + checks + "03026104" + "02" + "03026104" + "00",
                HexFormat.of().formatHex(out.toByteArray()));
    }

    @Test
    void a_long_record_has_a_long_length() {
        RecordShape shape = RecordShape.of("Text", "text:string");
        ArgumentWriter out = new ArgumentWriter();
        int begin = out.beginRecord("present", shape);
        out.writeString("x".repeat(20_000));
        out.endRecord(begin);
        ArgumentReader in = new ArgumentReader(out.toByteArray());
        RecordFrame frame = in.beginRecord(shape);
        assertTrue(frame != null && frame.has(0) && !frame.has(1));
        assertEquals("x".repeat(20_000), in.readString());
        frame.end();
        in.end();
    }

    @Test
    void a_time_that_comes_twice_that_night_stays_what_it_was() {
        LocalDateTime twice = LocalDateTime.of(2026, 10, 25, 2, 30);
        for (int hours : new int[] {1, 2}) {
            ZonedDateTime time = ZonedDateTime.ofInstant(twice, ZoneOffset.ofHours(hours), ZoneId.of("Europe/Berlin"));
            ArgumentWriter out = new ArgumentWriter();
            RecordedTime.writeZonedDateTime(out, time);
            assertEquals(time, RecordedTime.readZonedDateTime(new ArgumentReader(out.toByteArray())));
        }
    }

    @Test
    void what_is_no_value_is_refused() {
        refuses("", ArgumentReader::readByte);
        refuses("80808080808080808080", ArgumentReader::readLong);
        refuses("808080808020", ArgumentReader::readInt);
        refuses("808008", ArgumentReader::readShort);
        refuses("01", ArgumentReader::readChar);
        refuses("02", ArgumentReader::readBoolean);
        refuses("ff", ArgumentReader::readPresence);
        refuses("03", in -> in.readTag(2));
        refuses("000000", ArgumentReader::readFloat);
        refuses("0461", ArgumentReader::readString);
        refuses("ffffffffffffffff7f", ArgumentReader::readSize);
        refuses("02c3", ArgumentReader::readString);
        refuses("03e0a0", ArgumentReader::readString);
        refuses("0280", ArgumentReader::readString);
        refuses("01", ArgumentReader::readBigInteger);
        refuses("0241", in -> in.readEnum(DayOfWeek.class));
        refuses("01feffffffffffffffff0100", RecordedTime::readInstant);
        refuses("01feffffffffffffffff01", RecordedTime::readLocalDate);
        refuses("0100", RecordedTime::readZoneId);
        refuses("010478797a", RecordedTime::readZoneId);
        refuses("01ffffffff0f", in -> in.beginRecord(RecordShape.of("X")));
        refuses("03", in -> in.beginRecord(RecordShape.of("X")));
        refuses("01000c", in -> in.beginRecord(RecordShape.of("X")));
    }

    @Test
    void null_comes_back_as_null() {
        assertNull(new ArgumentReader(new byte[1]).readString());
        assertNull(new ArgumentReader(new byte[1]).readBytes());
        assertNull(new ArgumentReader(new byte[1]).readEnum(DayOfWeek.class));
        assertNull(new ArgumentReader(new byte[1]).readBigDecimal());
        assertNull(new ArgumentReader(new byte[1]).readUuid());
        assertNull(new ArgumentReader(new byte[1]).beginRecord(RecordShape.of("X")));
        assertNull(RecordedTime.readYearMonth(new ArgumentReader(new byte[1])));
        assertEquals(-1, new ArgumentReader(new byte[1]).readSize());
    }

    @Test
    void bytes_that_are_left_are_an_error() {
        ArgumentReader in = new ArgumentReader(new byte[2]);
        in.readByte();
        assertThrows(MalformedRecordException.class, in::end);
        in.readByte();
        in.end();
    }

    @Test
    void records_may_be_nested_64_deep_and_no_deeper() {
        RecordShape shape = RecordShape.of("Nest", "inner:record");
        ArgumentWriter out = new ArgumentWriter();
        for (int i = 0; i < ArgumentWriter.MAX_DEPTH; i++) {
            out.beginRecord("present", shape);
        }
        String message = assertThrows(IllegalArgumentException.class, () -> out.beginRecord("present", shape))
                .getMessage();
        assertTrue(message.startsWith("DTX-2090 a recorded Nest "), message);
    }

    @Test
    void one_mebibyte_is_taken_and_no_more() {
        ArgumentWriter out = new ArgumentWriter();
        out.writeBytes(new byte[ArgumentWriter.MAX_BYTES - 20]);
        assertFalse(out.writeSize(0));
        String message = assertThrows(IllegalArgumentException.class, () -> out.writeBytes(new byte[20]))
                .getMessage();
        assertTrue(message.startsWith("DTX-2091 "), message);
    }

    private static String hex(Consumer<ArgumentWriter> written) {
        ArgumentWriter out = new ArgumentWriter();
        written.accept(out);
        return HexFormat.of().formatHex(out.toByteArray());
    }

    private static void refuses(String hex, Function<ArgumentReader, Object> read) {
        ArgumentReader in = new ArgumentReader(HexFormat.of().parseHex(hex));
        assertThrows(MalformedRecordException.class, () -> read.apply(in), hex);
    }
}
