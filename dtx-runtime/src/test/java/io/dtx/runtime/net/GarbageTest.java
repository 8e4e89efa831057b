package io.dtx.runtime.net;

import static io.dtx.runtime.net.TwoEnds.bytes;
import static io.dtx.runtime.net.TwoEnds.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whatever bytes come, the answer is frames or a violation, and nothing stays in memory. */
class GarbageTest {

    private static final long SEED = Long.getLong("dtx.net.seed", 20261121);
    private static final int INPUTS = Integer.getInteger("dtx.net.garbage", 20_000);
    private static final int OVER_SOCKETS = Integer.getInteger("dtx.net.garbage.sockets", 300);

    @Test
    void a_decoder_gives_frames_or_a_violation_for_any_bytes_and_keeps_none() {
        Random random = new Random(SEED);
        UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(false);
        int violations = 0;
        int frames = 0;
        int kept = 0;
        for (int i = 0; i < INPUTS; i++) {
            WireDecoder decoder = new WireDecoder();
            EmbeddedChannel channel = new EmbeddedChannel(decoder);
            channel.config().setAllocator(buffers);
            boolean violated = feed(channel, mutated(random), random, buffers);
            violations += violated ? 1 : 0;
            kept = Math.max(kept, (int) buffers.metric().usedHeapMemory());
            for (Object each = channel.readInbound(); each != null; each = channel.readInbound()) {
                frames += each instanceof Frame ? 1 : 0;
                ReferenceCountUtil.release(each);
            }
            channel.finishAndReleaseAll();
            assertEquals(0, buffers.metric().usedHeapMemory(), "bytes left by input " + i + " of seed " + SEED);
        }
        System.out.println("garbage: seed " + SEED + ", " + INPUTS + " inputs, " + violations + " violations, " + frames
                + " frames, at most " + kept + " bytes kept");
        assertThat(violations).isBetween(INPUTS / 10, INPUTS - INPUTS / 10);
        assertThat(frames).isGreaterThan(INPUTS / 10);
        assertThat(kept).isLessThan(64 << 10);
    }

    /** Feeds the bytes in pieces; returns whether they were a violation, the only exception there may be. */
    private static boolean feed(
            EmbeddedChannel channel, byte[] input, Random random, UnpooledByteBufAllocator buffers) {
        boolean violated = false;
        int at = 0;
        while (at < input.length) {
            int piece = Math.min(input.length - at, 1 + random.nextInt(1 + random.nextInt(64)));
            ByteBuf bytes = buffers.buffer(piece).writeBytes(input, at, piece);
            try {
                channel.writeInbound(bytes);
            } catch (DecoderException e) {
                assertThat(e).as("seed " + SEED).hasCauseInstanceOf(Violation.class);
                assertThat(violated)
                        .as("a second violation of one input, seed " + SEED)
                        .isFalse();
                violated = true;
            }
            at += piece;
        }
        return violated;
    }

    /** A stream of hello and frames with some bytes changed, inserted or cut, or nothing but noise. */
    private static byte[] mutated(Random random) {
        if (random.nextInt(10) == 0) {
            byte[] noise = new byte[random.nextInt(100)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] stream = stream(random, new ArrayList<>());
        int changes = random.nextInt(4);
        for (int i = 0; i < changes && stream.length > 0; i++) {
            int at = random.nextInt(stream.length);
            switch (random.nextInt(3)) {
                case 0 -> stream[at] = (byte) random.nextInt(256);
                case 1 -> stream[at] ^= (byte) (1 << random.nextInt(8));
                default -> stream = Arrays.copyOf(stream, at);
            }
        }
        return stream;
    }

    private static byte[] stream(Random random, List<Frame> frames) {
        ByteBuf out = Unpooled.buffer();
        out.writeBytes(RawPeer.hello(Role.values()[random.nextInt(3)], random.nextLong()));
        for (int i = random.nextInt(6); i > 0; i--) {
            Frame.Kind kind = Frame.Kind.values()[random.nextInt(Frame.Kind.values().length)];
            boolean ofService = kind == Frame.Kind.REQUEST || kind == Frame.Kind.PUSH;
            byte[] payload = new byte[random.nextInt(1 + random.nextInt(300))];
            random.nextBytes(payload);
            Frame frame =
                    new Frame(kind, ofService ? Service.values()[random.nextInt(3)] : null, random.nextLong(), payload);
            frames.add(frame);
            frame.encode(out);
        }
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes).release();
        return bytes;
    }

    @Test
    void frames_are_the_same_however_the_network_cuts_them() {
        Random random = new Random(SEED);
        for (int i = 0; i < 1_000; i++) {
            List<Frame> sent = new ArrayList<>();
            byte[] stream = stream(random, sent);
            EmbeddedChannel channel = new EmbeddedChannel(new WireDecoder());
            assertThat(feed(channel, stream, random, UnpooledByteBufAllocator.DEFAULT))
                    .isFalse();
            Object first = channel.readInbound();
            assertThat(first).isInstanceOf(Hello.class);
            for (Frame each : sent) {
                Frame received = channel.readInbound();
                assertThat(received).usingRecursiveComparison().isEqualTo(each);
            }
            assertThat(channel.inboundMessages()).isEmpty();
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void garbage_at_the_port_disturbs_nobody_and_leaves_nothing() throws IOException {
        Random random = new Random(SEED);
        try (Logged logged = new Logged();
                TwoEnds ends = TwoEnds.serving(TwoEnds::echo)) {
            Client good = ends.caller(Role.APPLICATION);
            Await.result(good.check(ends.address));
            Await.until("idle", () -> ends.server.connections() == 1);
            long began = System.nanoTime();
            for (int i = 0; i < OVER_SOCKETS; i++) {
                try (RawPeer peer = i % 3 == 0
                        ? RawPeer.plain(ends.address)
                        : i % 3 == 1
                                ? RawPeer.tls(ends.address, TestCa.of(Role.APPLICATION))
                                : RawPeer.greeted(ends.address, Role.APPLICATION)) {
                    sendSilently(peer, mutated(random));
                    if (i % 20 == 0) {
                        assertEquals("x", text(Await.result(ends.ask(good, Service.SESSION, "x"))));
                    }
                }
            }
            Await.until("all garbage is gone", () -> ends.server.connections() == 1);
            assertEquals("x", text(Await.result(ends.ask(good, Service.SESSION, "x"))));
            int minutes = 1 + (int) TimeUnit.NANOSECONDS.toMinutes(System.nanoTime() - began);
            assertThat(logged.lines())
                    .hasSizeLessThan(12 * minutes) // each kind of garbage once a minute
                    .noneMatch(each -> each.startsWith("DTX-539"));
            Await.until("buffers are freed", () -> ends.bufferBytes() < 256 << 10);
            System.out.println("garbage: seed " + SEED + ", " + OVER_SOCKETS + " peers, "
                    + logged.lines().size() + " log lines, " + ends.bufferBytes() + " bytes in buffers afterwards");
        }
    }

    private static void sendSilently(RawPeer peer, byte[] garbage) {
        try {
            peer.send(garbage);
            peer.send(bytes(""));
        } catch (IOException e) {
            List.of(e); // the member has had enough
        }
    }
}
