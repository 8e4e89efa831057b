package io.dtx.runtime.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Members whose clocks are an hour apart go on as before, and say so. */
class ClocksApartTest {

    private static final long HOUR = 3_600_000;

    @Test
    void a_member_with_another_time_is_served_and_told_of_once() throws Exception {
        try (Logged logged = new Logged();
                TwoEnds ends = TwoEnds.serving(TwoEnds::echo)) {
            for (int i = 0; i < 3; i++) {
                try (RawPeer peer = RawPeer.tls(ends.address, TestCa.of(Role.MEMBER))) {
                    peer.send(hello(Role.MEMBER, System.currentTimeMillis() - HOUR));
                    assertThat(peer.readHello().refused()).isFalse();
                    peer.send(RawPeer.frame(Frame.request(Service.RAFT, 1, new byte[] {7})));
                    assertThat(peer.readFrame(Frame.Kind.REPLY).payload()).isEqualTo(new byte[] {7});
                }
            }
            assertThat(logged.lines(5338)).hasSize(1);
            assertThat(logged.lines(5338).get(0)).contains("its clock is 3600 s behind ours", "127.0.0.1");
        }
    }

    @Test
    void nobody_looks_at_the_clocks_of_applications_and_a_clock_that_is_right_is_not_mentioned() throws Exception {
        try (Logged logged = new Logged();
                TwoEnds ends = TwoEnds.serving(TwoEnds::echo)) {
            try (RawPeer peer = RawPeer.tls(ends.address, TestCa.of(Role.APPLICATION))) {
                peer.send(hello(Role.APPLICATION, System.currentTimeMillis() + HOUR));
                assertThat(peer.readHello().clockAheadMillis().orElseThrow()).isBetween(-60_000L, 60_000L);
            }
            Client member = ends.caller(Role.MEMBER);
            Await.result(ends.ask(member, Service.RAFT, "x"));
            assertThat(member.clockAheadMillis(ends.address).orElseThrow()).isBetween(-60_000L, 60_000L);
            assertThat(logged.lines()).isEqualTo(List.of());
        }
    }

    private static byte[] hello(Role role, long clock) {
        return TwoEnds.encoded(Hello.of(role, false, TwoEnds.CLUSTER, EnumSet.noneOf(Service.class), clock));
    }
}
