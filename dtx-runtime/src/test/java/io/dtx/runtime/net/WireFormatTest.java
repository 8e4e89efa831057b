package io.dtx.runtime.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bytes of the protocol are those that other versions speak: a change here is a new version. */
class WireFormatTest {

    @Test
    void a_hello_has_these_bytes() {
        assertEquals(
                "4454584e" + "18" + "01" + "01" + "02" + "00" + "00c0ffee00ddba11" + "00000000" + "0102030405060708",
                hex(Hello.of(
                        Role.APPLICATION, false, TwoEnds.CLUSTER, EnumSet.noneOf(Service.class), 0x0102030405060708L)));
        assertEquals(
                "4454584e" + "18" + "01" + "01" + "01" + "01" + "0000000000000000" + "0000000e" + "0000000000000000",
                hex(Hello.of(Role.MEMBER, true, 0, EnumSet.allOf(Service.class), 0)));
    }

    @Test
    void frames_have_these_bytes() {
        byte[] payload = {0x61, 0x62};
        assertEquals(
                "0000000c" + "01" + "01" + "0102030405060708" + "6162",
                hex(Frame.request(Service.RAFT, 0x0102030405060708L, payload)));
        assertEquals(
                "0000000c" + "02" + "00" + "0000000000000007" + "6162",
                hex(new Frame(Frame.Kind.REPLY, null, 7, payload)));
        assertEquals(
                "0000000f" + "03" + "00" + "0000000000000007" + "000014c8" + "6e",
                hex(new Frame(Frame.Kind.REFUSAL, null, 7, new Refusal(5320, "n").encode())));
        assertEquals(
                "0000000f" + "04" + "00" + "0000000000000007" + "0000150e" + "6e",
                hex(new Frame(Frame.Kind.FAILURE, null, 7, new Refusal(5390, "n").encode())));
        assertEquals("0000000c" + "05" + "02" + "0000000000000000" + "6162", hex(Frame.push(Service.SESSION, payload)));
        assertEquals("0000000a" + "06" + "00" + "0000000000000001", hex(Frame.ping(1)));
        assertEquals("0000000a" + "07" + "00" + "0000000000000001", hex(Frame.pong(1)));
        assertEquals(
                "0000000f" + "08" + "00" + "0000000000000000" + "000014d0" + "6e",
                hex(Frame.goodbye(new Refusal(5328, "n"))));
    }

    @Test
    void tags_are_these() {
        assertEquals(
                List.of("MEMBER 1", "APPLICATION 2", "OPERATOR 3"),
                Stream.of(Role.values()).map(each -> each + " " + each.tag()).toList());
        assertEquals(
                List.of("RAFT 1", "SESSION 2", "OPERATOR 3"),
                Stream.of(Service.values()).map(each -> each + " " + each.tag()).toList());
        assertEquals(
                List.of("REQUEST 1", "REPLY 2", "REFUSAL 3", "FAILURE 4", "PUSH 5", "PING 6", "PONG 7", "GOODBYE 8"),
                Stream.of(Frame.Kind.values())
                        .map(each -> each + " " + each.tag())
                        .toList());
    }

    @Test
    void what_is_written_is_read() {
        Hello hello = Hello.of(Role.OPERATOR, true, -1, EnumSet.of(Service.SESSION));
        ByteBuf bytes = hello.encode(UnpooledByteBufAllocator.DEFAULT);
        assertThat(Hello.isComplete(bytes)).isTrue();
        assertEquals(hello, Hello.decode(bytes));
        assertThat(bytes.isReadable()).isFalse();
        bytes.release();
        assertEquals(new Refusal(5, "ä"), Refusal.decode(new Refusal(5, "ä").encode()));
    }

    @Test
    void fields_that_a_later_version_adds_to_its_hello_are_skipped() {
        ByteBuf bytes = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(
                "4454584e" + "12" + "01" + "09" + "02" + "00" + "00c0ffee00ddba11" + "000000ff" + "abcd" + "ee"));
        assertThat(Hello.isComplete(bytes)).isTrue();
        Hello hello = Hello.decode(bytes);
        assertEquals(9, hello.versionMax());
        assertEquals(EnumSet.allOf(Service.class), hello.services());
        assertEquals(1, bytes.readableBytes());
        assertThat(hello.clockAheadMillis()).isEmpty();
    }

    @Test
    void a_hello_without_a_clock_is_one_of_an_earlier_build() {
        ByteBuf bytes = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(
                "4454584e" + "10" + "01" + "01" + "02" + "00" + "00c0ffee00ddba11" + "00000002"));
        assertThat(Hello.isComplete(bytes)).isTrue();
        assertThat(Hello.decode(bytes).clockAheadMillis()).isEmpty();
    }

    private static String hex(Hello hello) {
        ByteBuf bytes = hello.encode(UnpooledByteBufAllocator.DEFAULT);
        try {
            return ByteBufUtil.hexDump(bytes);
        } finally {
            bytes.release();
        }
    }

    private static String hex(Frame frame) {
        ByteBuf bytes = Unpooled.buffer();
        frame.encode(bytes);
        assertEquals(frame.bytes(), bytes.readableBytes());
        return ByteBufUtil.hexDump(bytes);
    }
}
