package io.dtx.runtime.log;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.SessionBatch;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Records of the log: an entry comes out, which can be written again, or a damage report. */
class EntryFuzzTest {

    static Stream<byte[]> known() {
        return SampleCommands.oneOfEach().stream().map(EntryFuzzTest::encoded);
    }

    @MethodSource("known")
    @FuzzTest(maxDuration = "2m")
    void whatever_the_bytes_are_an_entry_comes_out_or_a_damage_report(byte[] bytes) {
        LogEntry entry;
        try {
            entry = EntryCodec.decode(1, 1, ByteBuffer.wrap(bytes));
        } catch (LogDamagedException e) {
            return;
        }
        EntryCodec.encode(entry, 0, ByteBuffer.allocate(64));
    }

    private static byte[] encoded(LogCommand command) {
        LogEntry entry =
                new LogEntry(7, 3, 1_500, 1_795_000_000_000L, List.of(new SessionBatch(1, 5, 2, List.of(command))));
        ByteBuffer buffer =
                EntryCodec.encode(entry, 0, ByteBuffer.allocate(256)).position(0);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
