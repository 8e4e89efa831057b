package io.dtx.runtime.net;

import static io.dtx.runtime.net.TwoEnds.SOON;
import static io.dtx.runtime.net.TwoEnds.bytes;
import static io.dtx.runtime.net.TwoEnds.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestsTest {

    @Test
    void a_request_is_answered() {
        try (TwoEnds ends = TwoEnds.serving(TwoEnds::echo)) {
            Client client = ends.caller(Role.APPLICATION);
            assertEquals("hi", text(Await.result(ends.ask(client, Service.SESSION, "hi"))));
            assertTrue(client.isConnected(ends.address));
        }
    }

    @Test
    void a_handler_knows_who_asks() {
        BlockingQueue<RemoteConnection> seen = new LinkedBlockingQueue<>();
        try (TwoEnds ends = TwoEnds.serving(request -> {
            seen.add(request.connection());
            request.reply(new byte[0]);
        })) {
            Await.result(ends.ask(ends.caller(Role.OPERATOR), Service.OPERATOR, ""));
            RemoteConnection from = seen.remove();
            assertEquals(Role.OPERATOR, from.role());
            assertEquals("operator", from.name());
            assertThat(from.toString()).startsWith("operator \"operator\" at 127.0.0.1:");
        }
    }

    @Test
    void the_largest_payload_goes_both_ways_and_one_byte_more_does_not() {
        try (TwoEnds ends = TwoEnds.serving(TwoEnds::echo)) {
            Client client = ends.caller(Role.MEMBER);
            byte[] large = new byte[Request.PAYLOAD_BYTES_MAX];
            Arrays.fill(large, (byte) 7);
            byte[] back = Await.result(client.request(ends.address, Service.RAFT, large, SOON));
            assertThat(back).isEqualTo(large);
            byte[] larger = new byte[Request.PAYLOAD_BYTES_MAX + 1];
            assertThrows(
                    IllegalArgumentException.class, () -> client.request(ends.address, Service.RAFT, larger, SOON));
        }
    }

    @Test
    void requests_of_a_connection_are_handled_in_the_order_in_which_they_were_made() {
        List<String> handled = Collections.synchronizedList(new ArrayList<>());
        try (TwoEnds ends = TwoEnds.serving(request -> {
            handled.add(text(request.payload()));
            request.reply(request.payload());
        })) {
            Client client = ends.caller(Role.APPLICATION);
            List<String> made =
                    IntStream.range(0, 1000).mapToObj(Integer::toString).toList();
            List<CompletableFuture<byte[]>> answers = made.stream()
                    .map(each -> ends.ask(client, Service.SESSION, each))
                    .toList();
            assertEquals(
                    made, answers.stream().map(each -> text(Await.result(each))).toList());
            assertEquals(made, handled);
        }
    }

    @Test
    void answers_in_another_order_reach_their_requests() {
        List<Request> kept = Collections.synchronizedList(new ArrayList<>());
        try (TwoEnds ends = TwoEnds.serving(kept::add)) {
            Client client = ends.caller(Role.APPLICATION);
            CompletableFuture<byte[]> first = ends.ask(client, Service.SESSION, "first");
            CompletableFuture<byte[]> second = ends.ask(client, Service.SESSION, "second");
            Await.until("both arrived", () -> kept.size() == 2);
            kept.get(1).reply(kept.get(1).payload());
            assertEquals("second", text(Await.result(second)));
            assertFalse(first.isDone());
            kept.get(0).reply(kept.get(0).payload());
            assertEquals("first", text(Await.result(first)));
        }
    }

    @Test
    void an_answer_that_comes_too_late_is_nobody_elses() {
        List<Request> kept = Collections.synchronizedList(new ArrayList<>());
        try (TwoEnds ends = TwoEnds.serving(kept::add)) {
            Client client = ends.caller(Role.APPLICATION);
            Await.result(client.check(ends.address));
            CompletableFuture<byte[]> late =
                    client.request(ends.address, Service.SESSION, bytes("late"), Duration.ofMillis(50));
            NetException failure = Await.failure(late);
            assertThat(failure).isInstanceOf(AnswerUnknownException.class).hasMessageStartingWith("DTX-5334 ");
            CompletableFuture<byte[]> next = ends.ask(client, Service.SESSION, "next");
            Await.until("both arrived", () -> kept.size() == 2);
            kept.get(0).reply(bytes("for late"));
            kept.get(1).reply(bytes("for next"));
            assertEquals("for next", text(Await.result(next)));
        }
    }

    @Test
    void a_refusal_says_why_and_proves_that_nothing_happened() {
        try (TwoEnds ends = TwoEnds.serving(request -> request.refuse(1234, "not today"))) {
            NetException failure = Await.failure(ends.ask(ends.caller(Role.APPLICATION), Service.SESSION, "x"));
            assertThat(failure).isInstanceOf(RequestRefusedException.class).hasMessage("DTX-1234 not today");
            assertEquals(1234, failure.code());
        }
    }

    @Test
    void a_handler_that_fails_leaves_the_effect_unknown() {
        try (Logged logged = new Logged();
                TwoEnds ends = TwoEnds.serving(request -> {
                    throw new IllegalStateException("planted");
                })) {
            NetException failure = Await.failure(ends.ask(ends.caller(Role.APPLICATION), Service.SESSION, "x"));
            assertThat(failure).isInstanceOf(AnswerUnknownException.class);
            assertEquals(5390, failure.code());
            assertThat(logged.lines(5390)).hasSize(1);
        }
    }

    @Test
    void a_second_answer_is_refused_and_changes_nothing() {
        CompletableFuture<RuntimeException> second = new CompletableFuture<>();
        try (TwoEnds ends = TwoEnds.serving(request -> {
            request.reply(bytes("first"));
            second.complete(assertThrows(IllegalStateException.class, () -> request.reply(bytes("second"))));
        })) {
            assertEquals("first", text(Await.result(ends.ask(ends.caller(Role.APPLICATION), Service.SESSION, "x"))));
            assertThat(Await.result(second)).hasMessageStartingWith("DTX-5392");
        }
    }

    @Test
    void pushes_arrive_in_order_on_the_connection_that_was_opened() {
        BlockingQueue<String> pushed = new LinkedBlockingQueue<>();
        try (TwoEnds ends = TwoEnds.serving(request -> {
            for (int i = 0; i < 100; i++) {
                assertTrue(request.connection().push(Service.SESSION, bytes("push " + i)));
            }
            request.reply(new byte[0]);
        })) {
            Client client = ends.caller(Role.APPLICATION);
            client.onPush((from, service, payload) ->
                    pushed.add(from.equals(ends.address) + " " + service + " " + text(payload)));
            Await.result(ends.ask(client, Service.SESSION, "x"));
            assertThat(pushed)
                    .containsExactlyElementsOf(IntStream.range(0, 100)
                            .mapToObj(i -> "true SESSION push " + i)
                            .toList());
        }
    }

    @Test
    void a_lost_connection_leaves_what_was_sent_unknown_and_the_next_request_makes_a_new_one() {
        List<Request> kept = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger lost = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();
        try (TwoEnds ends = TwoEnds.serving(kept::add)) {
            Client client = ends.caller(Role.APPLICATION);
            client.onConnectionLost(address -> lost.incrementAndGet());
            CompletableFuture<byte[]> open = ends.ask(client, Service.SESSION, "x");
            Await.until("arrived", () -> kept.size() == 1);
            kept.get(0).connection().onClose(closed::incrementAndGet);
            kept.get(0).connection().close();
            NetException failure = Await.failure(open);
            assertThat(failure).isInstanceOf(AnswerUnknownException.class);
            assertEquals(5333, failure.code());
            Await.until("told", () -> lost.get() == 1 && closed.get() == 1);
            CompletableFuture<byte[]> next = ends.ask(client, Service.SESSION, "y");
            Await.until("arrived on a new connection", () -> kept.size() == 2);
            kept.get(1).reply(bytes("z"));
            assertEquals("z", text(Await.result(next)));
            assertThat(kept.get(0).connection().id())
                    .isNotEqualTo(kept.get(1).connection().id());
        }
    }

    @Test
    void nobody_at_the_address_means_not_sent() {
        try (TwoEnds ends = TwoEnds.serving(TwoEnds::echo)) {
            Client client = ends.caller(Role.APPLICATION);
            ends.server.close();
            NetException failure = Await.failure(ends.ask(client, Service.SESSION, "x"));
            assertThat(failure).isInstanceOf(NotSentException.class).hasMessageContaining(ends.address.toString());
            assertThat(Await.failure(client.check(ends.address))).isInstanceOf(NotSentException.class);
            assertFalse(client.isConnected(ends.address));
        }
    }

    @Test
    void at_its_bound_a_client_fails_the_next_request_at_once() {
        List<Request> kept = Collections.synchronizedList(new ArrayList<>());
        try (TwoEnds ends = TwoEnds.serving(kept::add)) {
            Client client = ends.caller(
                    NetOptions.tls(TestCa.of(Role.APPLICATION)).with(NetLimit.REQUESTS, 3), TwoEnds.CLUSTER);
            for (int i = 0; i < 3; i++) {
                assertThat(ends.ask(client, Service.SESSION, "x")).isNotDone();
            }
            CompletableFuture<byte[]> fourth = ends.ask(client, Service.SESSION, "x");
            assertThat(fourth).isCompletedExceptionally();
            assertThat(Await.failure(fourth))
                    .isInstanceOf(WindowFullException.class)
                    .hasMessageStartingWith("DTX-5332");
            Await.until("arrived", () -> kept.size() == 3);
            kept.get(0).reply(new byte[0]);
            Await.until(
                    "room again", () -> !ends.ask(client, Service.SESSION, "x").isDone());
        }
    }

    @Test
    void at_its_bound_of_bytes_a_client_fails_the_next_request_at_once() {
        try (TwoEnds ends = TwoEnds.serving(request -> {})) {
            Client client = ends.caller(
                    NetOptions.tls(TestCa.of(Role.APPLICATION)).with(NetLimit.REQUEST_BYTES, 100), TwoEnds.CLUSTER);
            assertThat(client.request(ends.address, Service.SESSION, new byte[60], SOON))
                    .isNotDone();
            assertThat(Await.failure(client.request(ends.address, Service.SESSION, new byte[60], SOON)))
                    .isInstanceOf(WindowFullException.class);
            assertThat(client.request(ends.address, Service.SESSION, new byte[40], SOON))
                    .isNotDone();
        }
    }

    @Test
    void a_server_refuses_what_is_above_its_bound_whatever_the_client_thinks() {
        List<Request> kept = Collections.synchronizedList(new ArrayList<>());
        try (TwoEnds ends = TwoEnds.serving(kept::add, options -> options.with(NetLimit.REQUESTS, 2))) {
            Client client = ends.caller(Role.APPLICATION);
            CompletableFuture<byte[]> first = ends.ask(client, Service.SESSION, "1");
            CompletableFuture<byte[]> second = ends.ask(client, Service.SESSION, "2");
            NetException failure = Await.failure(ends.ask(client, Service.SESSION, "3"));
            assertThat(failure).isInstanceOf(RequestRefusedException.class);
            assertEquals(5324, failure.code());
            kept.get(0).reply(new byte[0]);
            Await.result(first);
            assertThat(ends.ask(client, Service.SESSION, "4")).isNotNull();
            Await.until("the fourth is taken", () -> kept.size() == 3);
            assertFalse(second.isDone());
        }
    }

    @Test
    void after_its_end_a_client_sends_nothing() {
        try (TwoEnds ends = TwoEnds.serving(request -> {})) {
            Client client = ends.caller(Role.APPLICATION);
            CompletableFuture<byte[]> open = ends.ask(client, Service.SESSION, "x");
            Await.result(client.check(ends.address));
            client.close();
            assertThat(Await.failure(open).code()).isIn(5333, 5335);
            assertEquals(
                    5335, Await.failure(ends.ask(client, Service.SESSION, "x")).code());
        }
    }

    @Test
    void a_closed_network_leaves_no_thread_and_no_connection() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        TwoEnds ends = TwoEnds.serving(TwoEnds::echo);
        Await.result(ends.ask(ends.caller(Role.APPLICATION), Service.SESSION, "x"));
        long began = System.nanoTime();
        ends.close();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
        Await.until(
                "threads have ended",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(each -> each.getName().startsWith("dtx-net-") && !before.contains(each)));
        assertEquals(0, ends.server.connections());
    }
}
