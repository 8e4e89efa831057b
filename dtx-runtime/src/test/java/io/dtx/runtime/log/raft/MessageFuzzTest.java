package io.dtx.runtime.log.raft;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.Message;
import io.dtx.runtime.log.LogDamagedException;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What members send each other, and what they keep. */
class MessageFuzzTest {

    static Stream<byte[]> known() {
        return IntStream.range(0, 16).mapToObj(tag -> new byte[] {(byte) tag, 10, 1, 'g', 18, 1, 'p', 24, 5});
    }

    @MethodSource("known")
    @FuzzTest(maxDuration = "2m")
    void whatever_the_bytes_are_a_message_comes_out_or_a_refusal(byte[] bytes) {
        try {
            Message message = RpcMessages.decode(bytes);
            RpcMessages.encode(message);
        } catch (IllegalArgumentException e) {
            requireNumbered(e);
        }
        try {
            RecordCodec.read(1, 1, ByteBuffer.wrap(bytes));
        } catch (LogDamagedException e) {
            requireNumbered(e);
        }
    }

    private static void requireNumbered(RuntimeException e) {
        if (e.getMessage() == null || !e.getMessage().startsWith("DTX-")) {
            throw e;
        }
    }
}
