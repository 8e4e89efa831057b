package io.dtx.runtime.net;

import static io.dtx.runtime.net.TwoEnds.bytes;
import static io.dtx.runtime.net.TwoEnds.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Peers that are slow, silent or too many cost a bounded amount, and nobody else notices. */
class LimitsTest {

    private final Logged logged = new Logged();

    @AfterEach
    void stop_listening() {
        logged.close();
    }

    private static UnaryOperator<NetOptions> quick() {
        return options -> options.with(NetLimit.HANDSHAKE_MILLIS, 2_500)
                .with(NetLimit.SILENCE_MILLIS, 2_000)
                .with(NetLimit.FRAME_MILLIS, 2_500)
                .with(NetLimit.SLOW_READER_MILLIS, 1_500)
                .with(NetLimit.WRITE_BUFFER_BYTES, 64 << 10);
    }

    @Test
    void who_connects_and_says_nothing_is_dropped() throws IOException {
        try (TwoEnds ends = TwoEnds.serving(TwoEnds::echo, quick())) {
            Client good = ends.caller(Role.APPLICATION);
            Await.result(good.check(ends.address));
            try (RawPeer silentTcp = RawPeer.plain(ends.address);
                    RawPeer silentTls = RawPeer.tls(ends.address, TestCa.of(Role.APPLICATION))) {
                silentTcp.awaitEnd();
                silentTls.awaitEnd();
            }
            assertEquals("x", text(Await.result(ends.ask(good, Service.SESSION, "x"))));
            assertThat(logged.lines()).hasSize(1);
            assertThat(logged.lines(5317)).hasSize(1);
        }
    }

    @Test
    void who_says_hello_byte_by_byte_is_dropped_when_the_time_for_it_is_over() throws IOException {
        try (TwoEnds ends = TwoEnds.serving(TwoEnds::echo, quick());
                RawPeer peer = RawPeer.tls(ends.address, TestCa.of(Role.APPLICATION))) {
            Client good = ends.caller(Role.APPLICATION);
            trickle(peer, RawPeer.hello(Role.APPLICATION, TwoEnds.CLUSTER), ends, good, 8);
            assertThat(logged.lines(5317)).hasSize(1);
        }
    }

    @Test
    void a_frame_that_never_becomes_complete_ends_the_connection_although_bytes_keep_coming() throws IOException {
        try (TwoEnds ends = TwoEnds.serving(TwoEnds::echo, quick());
                RawPeer peer = RawPeer.greeted(ends.address, Role.APPLICATION)) {
            Client good = ends.caller(Role.APPLICATION);
            trickle(peer, RawPeer.frame(Frame.request(Service.SESSION, 1, new byte[1000])), ends, good, 1000);
            assertThat(logged.lines(5327)).hasSize(1);
        }
    }

    /** Sends a byte between requests of somebody else, about every 20 ms, until the member has had enough. */
    private static void trickle(RawPeer peer, byte[] bytes, TwoEnds ends, Client good, int most) throws IOException {
        Await.result(good.check(ends.address));
        long next = System.nanoTime();
        int sent = 0;
        long end = Await.end();
        while (ends.server.connections() > 1) {
            assertThat(System.nanoTime() - end)
                    .as("the member has not had enough")
                    .isNegative();
            assertEquals("x", text(Await.result(ends.ask(good, Service.SESSION, "x"))));
            if (System.nanoTime() - next > 0 && sent < most) {
                next += 20_000_000;
                try {
                    peer.send(new byte[] {bytes[sent++]});
                } catch (IOException e) {
                    most = 0; // the member has closed
                }
            }
        }
        assertThat(sent).isGreaterThan(5);
    }

    @Test
    void half_open_connections_are_noticed_by_both_ends() throws IOException {
        try (TwoEnds ends = TwoEnds.serving(request -> {}, quick());
                RawPeer gone = RawPeer.greeted(ends.address, Role.APPLICATION)) {
            Await.until("the member notices", () -> ends.server.connections() == 0);
            assertThat(logged.lines(5325)).hasSize(1);
            assertEquals(5325, gone.readGoodbye().code());
        }
    }

    @Test
    void a_caller_notices_that_the_member_is_cut_off_and_leaves_the_outcome_open() throws IOException {
        AtomicInteger lost = new AtomicInteger();
        try (ServerSocket mute = new ServerSocket(0);
                Network network = Network.open(
                        quick().apply(NetOptions.plaintext(Role.APPLICATION)), new ClusterIdentity(TwoEnds.CLUSTER))) {
            Client client = network.client();
            client.onConnectionLost(address -> lost.incrementAndGet());
            Address address = new Address("127.0.0.1", mute.getLocalPort());
            CompletableFuture<byte[]> answer = client.request(address, Service.SESSION, bytes("x"), TwoEnds.SOON);
            try (RawPeer peer = new RawPeer(mute.accept())) {
                assertEquals(Role.APPLICATION, peer.readHello().role());
                peer.send(RawPeer.hello(Role.MEMBER, TwoEnds.CLUSTER));
                assertEquals("x", text(peer.readFrame(Frame.Kind.REQUEST).payload()));
                assertThat(Await.failure(answer)).isInstanceOf(AnswerUnknownException.class);
            }
            Await.until("told", () -> lost.get() == 1);
        }
    }

    @Test
    void idle_connections_of_living_processes_stay() {
        try (TwoEnds ends = TwoEnds.serving(TwoEnds::echo, quick())) {
            AtomicInteger lost = new AtomicInteger();
            Client client = ends.caller(Role.APPLICATION);
            client.onConnectionLost(address -> lost.incrementAndGet());
            Await.result(client.check(ends.address));
            long end = System.nanoTime() + 3_500_000_000L;
            Await.until("more than the silence is over", () -> System.nanoTime() - end > 0);
            assertEquals(0, lost.get());
            assertTrue(client.isConnected(ends.address));
            assertThat(logged.lines()).isEmpty();
        }
    }

    @Test
    void who_does_not_take_answers_is_dropped_and_holds_little_memory_meanwhile() throws IOException {
        byte[] large = new byte[100_000];
        AtomicInteger handled = new AtomicInteger();
        try (TwoEnds ends = TwoEnds.serving(
                        request -> {
                            handled.incrementAndGet();
                            request.reply(request.payload().length == 1 ? request.payload() : large);
                        },
                        quick());
                RawPeer peer = RawPeer.greeted(ends.address, Role.APPLICATION)) {
            Client good = ends.caller(Role.APPLICATION);
            Await.result(good.check(ends.address));
            ExecutorService sender = Executors.newSingleThreadExecutor();
            var sending = sender.submit(() -> {
                for (int i = 0; i < 100_000; i++) {
                    peer.send(RawPeer.frame(Frame.request(Service.SESSION, i, bytes("ask"))));
                }
                return null;
            });
            long most = 0;
            long end = Await.end();
            while (ends.server.connections() > 1) {
                assertThat(System.nanoTime() - end).as("it is not dropped").isNegative();
                assertEquals("x", text(Await.result(ends.ask(good, Service.SESSION, "x"))));
                most = Math.max(most, ends.bufferBytes());
            }
            assertThat(most).isLessThan(8 << 20);
            assertThat(logged.lines(5326)).hasSize(1);
            peer.close();
            Await.until("the sender has failed", sending::isDone);
            sender.shutdown();
        }
    }

    @Test
    void pushes_to_who_does_not_take_them_are_not_sent_and_say_so() throws IOException {
        List<RemoteConnection> connections = new ArrayList<>();
        try (TwoEnds ends = TwoEnds.serving(
                        request -> {
                            connections.add(request.connection());
                            request.reply(new byte[0]);
                        },
                        options -> quick().apply(options).with(NetLimit.SILENCE_MILLIS, 60_000));
                RawPeer peer = RawPeer.greeted(ends.address, Role.APPLICATION)) {
            peer.send(RawPeer.frame(Frame.request(Service.SESSION, 1, bytes("here"))));
            peer.readFrame(Frame.Kind.REPLY);
            byte[] offer = new byte[50_000];
            int sent = 0;
            int notSent = 0;
            long most = 0;
            long end = Await.end();
            while (connections.get(0).isOpen()) {
                assertThat(System.nanoTime() - end).as("it is not dropped").isNegative();
                if (connections.get(0).push(Service.SESSION, offer)) {
                    sent++;
                } else {
                    notSent++;
                    Thread.onSpinWait();
                }
                most = Math.max(most, ends.bufferBytes());
            }
            assertThat(sent).isBetween(1, 1_000); // the buffers of two sockets take megabytes, ours 64 KiB
            assertThat(notSent).isPositive();
            assertThat(most).isLessThan(4 << 20);
            assertThat(connections.get(0).push(Service.SESSION, new byte[0])).isFalse();
        }
    }

    @Test
    void an_address_has_so_many_connections_and_more_are_closed_unheard() throws IOException {
        assertAdmits(4, options -> options.with(NetLimit.CONNECTIONS_PER_ADDRESS, 4));
    }

    @Test
    void a_member_has_so_many_connections_and_more_are_closed_unheard() throws IOException {
        assertAdmits(4, options -> options.with(NetLimit.CONNECTIONS, 4));
    }

    @Test
    void strangers_that_only_hold_connections_keep_nobody_out() throws IOException {
        try (TwoEnds ends = TwoEnds.serving(TwoEnds::echo, options -> options.with(NetLimit.STRANGERS, 4))) {
            List<RawPeer> strangers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                strangers.add(RawPeer.plain(ends.address));
                if (i % 10 == 9) {
                    Client good = ends.caller(Role.APPLICATION);
                    assertEquals("x", text(Await.result(ends.ask(good, Service.SESSION, "x"))));
                }
            }
            Await.until("all but the youngest are gone", () -> ends.server.connections() <= 4 + 4);
            strangers.get(0).awaitEnd();
            assertThat(logged.lines(5316)).hasSize(1);
            strangers.forEach(RawPeer::close);
        }
    }

    private void assertAdmits(int bound, UnaryOperator<NetOptions> options) throws IOException {
        try (TwoEnds ends = TwoEnds.serving(TwoEnds::echo, options)) {
            List<RawPeer> admitted = new ArrayList<>();
            for (int i = 0; i < bound; i++) {
                admitted.add(RawPeer.greeted(ends.address, Role.APPLICATION));
            }
            for (int i = 0; i < 10; i++) {
                try (RawPeer another = RawPeer.plain(ends.address)) {
                    another.awaitEnd();
                }
            }
            assertThat(logged.lines()).hasSize(1);
            assertThat(logged.lines(5318)).hasSize(1);
            admitted.get(0).close();
            Await.until("its place is free", () -> ends.server.connections() < bound);
            admitted.add(RawPeer.greeted(ends.address, Role.APPLICATION));
            admitted.forEach(RawPeer::close);
            Await.until("all places are free", () -> ends.server.connections() == 0);
        }
    }

    @Test
    void requests_that_nobody_answers_are_forgotten_with_their_connection() {
        AtomicInteger arrived = new AtomicInteger();
        try (TwoEnds ends = TwoEnds.serving(
                request -> {
                    if (request.payload().length > 1) {
                        arrived.incrementAndGet();
                    } else {
                        request.reply(request.payload());
                    }
                },
                options -> options.with(NetLimit.SERVER_REQUEST_BYTES, 1_000))) {
            for (int i = 1; i <= 3; i++) {
                Client client = ends.caller(Role.APPLICATION);
                assertThat(client.request(ends.address, Service.SESSION, new byte[900], TwoEnds.SOON))
                        .isNotDone();
                int sofar = i;
                Await.until("arrived", () -> arrived.get() == sofar);
                assertEquals(
                        5324,
                        Await.failure(client.request(ends.address, Service.SESSION, new byte[900], TwoEnds.SOON))
                                .code());
                client.close();
                Await.until("the connection is gone", () -> ends.server.connections() == 0);
            }
            assertEquals(0, ends.server.requestBytes().get());
        }
    }

    @Test
    void a_port_check_is_not_worth_a_word() throws IOException {
        try (TwoEnds ends = TwoEnds.serving(TwoEnds::echo)) {
            for (int i = 0; i < 5; i++) {
                RawPeer.plain(ends.address).close();
            }
            Await.until("all have left", () -> ends.server.connections() == 0);
            Await.result(ends.ask(ends.caller(Role.APPLICATION), Service.SESSION, "x"));
            assertThat(Stream.of(5310, 5311, 5317).flatMap(each -> logged.lines(each).stream()))
                    .isEmpty();
        }
    }
}
