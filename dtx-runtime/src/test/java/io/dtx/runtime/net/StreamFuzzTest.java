package io.dtx.runtime.net;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What a connection brings: a hello and frames. */
class StreamFuzzTest {

    static Stream<byte[]> known() {
        byte[] hello = TwoEnds.encoded(Hello.of(Role.MEMBER, false, TwoEnds.CLUSTER, EnumSet.allOf(Service.class), 1));
        return Stream.of(
                        Frame.request(Service.RAFT, 1, new byte[] {7}),
                        Frame.push(Service.SESSION, new byte[0]),
                        Frame.ping(3))
                .map(frame -> {
                    ByteBuf out = Unpooled.buffer().writeBytes(hello);
                    frame.encode(out);
                    byte[] bytes = new byte[out.readableBytes()];
                    out.readBytes(bytes);
                    return bytes;
                });
    }

    @MethodSource("known")
    @FuzzTest(maxDuration = "2m")
    void whatever_the_bytes_are_frames_come_out_or_a_violation(byte[] bytes) {
        EmbeddedChannel channel = new EmbeddedChannel(new WireDecoder());
        try {
            channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        } catch (DecoderException e) {
            assertInstanceOf(Violation.class, e.getCause());
        }
        for (Object each = channel.readInbound(); each != null; each = channel.readInbound()) {
            if (each instanceof Frame frame) {
                ByteBuf again = Unpooled.buffer(frame.bytes());
                frame.encode(again);
            }
        }
        channel.finishAndReleaseAll();
    }
}
