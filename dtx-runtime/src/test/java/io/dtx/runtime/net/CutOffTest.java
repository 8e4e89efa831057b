package io.dtx.runtime.net;

import static io.dtx.runtime.net.TwoEnds.bytes;
import static io.dtx.runtime.net.TwoEnds.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The network between two ends is cut and mended: what was under way is unknown, and nothing old is taken for new. */
class CutOffTest {

    private static NetOptions options(Role role) {
        return NetOptions.tls(TestCa.of(role)).with(NetLimit.SILENCE_MILLIS, 1_000);
    }

    @Test
    void a_connection_that_was_cut_is_given_up_by_both_ends_and_made_anew_when_the_network_is_mended()
            throws IOException {
        try (TwoEnds ends = TwoEnds.serving(TwoEnds::echo, options(Role.MEMBER), TwoEnds.CLUSTER);
                Wire wire = new Wire(ends.address)) {
            Client client = ends.caller(options(Role.APPLICATION), TwoEnds.CLUSTER);
            assertEquals("1", text(Await.result(ask(client, wire, "1"))));
            wire.cut(true, true);
            NetException failure = Await.failure(ask(client, wire, "2"));
            assertThat(failure).isInstanceOf(AnswerUnknownException.class);
            Await.until("the member gives up, too", () -> ends.server.connections() == 0);
            wire.mend();
            Await.until(
                    "reached again",
                    () -> ask(client, wire, "3")
                            .handle((answer, none) -> answer != null)
                            .join());
        }
    }

    @Test
    void cut_one_way_it_is_given_up_as_well() throws IOException {
        for (boolean towardsMember : new boolean[] {true, false}) {
            try (TwoEnds ends = TwoEnds.serving(TwoEnds::echo, options(Role.MEMBER), TwoEnds.CLUSTER);
                    Wire wire = new Wire(ends.address)) {
                Client client = ends.caller(options(Role.APPLICATION), TwoEnds.CLUSTER);
                assertEquals("1", text(Await.result(ask(client, wire, "1"))));
                wire.cut(towardsMember, !towardsMember);
                assertThat(Await.failure(ask(client, wire, "2"))).isInstanceOf(AnswerUnknownException.class);
                Await.until("the member gives up, too", () -> ends.server.connections() == 0);
            }
        }
    }

    @Test
    void answers_that_were_held_up_by_the_network_go_to_their_own_requests_or_nowhere() throws IOException {
        List<Request> kept = Collections.synchronizedList(new ArrayList<>());
        try (TwoEnds ends = TwoEnds.serving(kept::add);
                Wire wire = new Wire(ends.address)) {
            Client client = ends.caller(Role.APPLICATION);
            Await.result(client.check(wire.address()));
            CompletableFuture<byte[]> given =
                    client.request(wire.address(), Service.SESSION, bytes("given up"), Duration.ofMillis(100));
            Await.until("arrived", () -> kept.size() == 1);
            wire.hold();
            kept.get(0).reply(bytes("late"));
            assertThat(Await.failure(given)).isInstanceOf(AnswerUnknownException.class);
            CompletableFuture<byte[]> next = ask(client, wire, "next");
            Await.until("arrived", () -> kept.size() == 2);
            kept.get(1).reply(bytes("in time"));
            wire.mend();
            assertEquals("in time", text(Await.result(next)));
        }
    }

    private static CompletableFuture<byte[]> ask(Client client, Wire wire, String text) {
        return client.request(wire.address(), Service.SESSION, bytes(text), TwoEnds.SOON);
    }
}
