package io.dtx.runtime;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dtx.spi.ArgumentReader;
import io.dtx.spi.MalformedRecordException;
import io.dtx.spi.RecordedTime;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Recorded arguments and results. */
class ArgumentFuzzTest {

    static Stream<byte[]> known() {
        return Stream.of(new byte[] {0, 1, 2, 3, 4, 5}, new byte[] {7, 3, 'a', 'b', 'c'}, new byte[] {9, 2, 1, 1});
    }

    /** The first byte says what is read over and over. */
    @MethodSource("known")
    @FuzzTest(maxDuration = "2m")
    void whatever_the_bytes_are_values_come_out_or_a_report(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        byte[] rest = Arrays.copyOfRange(bytes, 1, bytes.length);
        ArgumentReader in = new ArgumentReader(rest);
        try {
            for (int i = 0; i <= rest.length; i++) {
                read(in, bytes[0]);
            }
        } catch (MalformedRecordException e) {
            if (e.getMessage() == null) {
                throw e;
            }
        }
    }

    private static void read(ArgumentReader in, byte what) {
        switch (what & 15) {
            case 0 -> in.readByte();
            case 1 -> in.readLong();
            case 2 -> in.readInt();
            case 3 -> in.readShort();
            case 4 -> in.readString();
            case 5 -> in.readBytes();
            case 6 -> in.readBigDecimal();
            case 7 -> in.readBigInteger();
            case 8 -> in.readUuid();
            case 9 -> in.readBoolean();
            case 10 -> in.readDouble();
            case 11 -> in.readFloat();
            case 12 -> in.readChar();
            case 13 -> RecordedTime.readDuration(in);
            case 14 -> RecordedTime.readZonedDateTime(in);
            default -> RecordedTime.readZoneId(in);
        }
    }
}
