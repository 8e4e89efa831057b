package io.dtx.runtime.net;

import static io.dtx.runtime.net.TwoEnds.bytes;
import static io.dtx.runtime.net.TwoEnds.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is not entitled to something does not get it, is told why where he can understand, and is logged once. */
class StrangersTest {

    private static final int TRIES = 5;

    private final Logged logged = new Logged();

    @AfterEach
    void no_error_of_ours() {
        logged.close();
        assertThat(logged.lines()).noneMatch(each -> each.startsWith("DTX-539"));
    }

    /** A stranger does something to a port, which is closed to him; meanwhile and afterwards others are served. */
    private interface Stranger {
        void at(Address port) throws IOException;
    }

    private void assertShutOut(int code, Stranger stranger) throws IOException {
        try (TwoEnds ends = TwoEnds.serving(TwoEnds::echo)) {
            Client good = ends.caller(Role.APPLICATION);
            Await.result(ends.ask(good, Service.SESSION, "before"));
            for (int i = 0; i < TRIES; i++) {
                stranger.at(ends.address);
                assertEquals("x", text(Await.result(ends.ask(good, Service.SESSION, "x"))));
            }
            Await.until("strangers are gone", () -> ends.server.connections() == 1);
            assertThat(logged.lines(code)).hasSize(1);
            assertThat(logged.lines()).hasSize(1);
            assertThat(logged.lines().get(0)).contains("127.0.0.1");
        }
    }

    @Test
    void plain_text_at_a_tls_port() throws IOException {
        assertShutOut(5310, port -> {
            try (RawPeer peer = RawPeer.plain(port)) {
                peer.send(bytes("GET / HTTP/1.1\r\nHost: member\r\n\r\n"));
                peer.awaitEnd();
            }
        });
    }

    @Test
    void our_own_protocol_in_plain_text_at_a_tls_port() throws IOException {
        assertShutOut(5310, port -> {
            try (RawPeer peer = RawPeer.plain(port)) {
                peer.send(RawPeer.hello(Role.MEMBER, TwoEnds.CLUSTER));
                peer.awaitEnd();
            }
        });
    }

    @Test
    void a_certificate_of_another_authority() throws IOException {
        TlsFiles forged = new TlsFiles(
                TestCa.ofAnotherAuthority(Role.MEMBER).key(),
                TestCa.ofAnotherAuthority(Role.MEMBER).chain(),
                TestCa.of(Role.MEMBER).authorities());
        assertShutOut(5311, port -> tlsAndHello(port, forged, Role.MEMBER));
    }

    @Test
    void an_expired_certificate() throws IOException {
        assertShutOut(5311, port -> tlsAndHello(port, TestCa.expired(Role.MEMBER), Role.MEMBER));
    }

    @Test
    void a_certificate_that_is_not_valid_yet() throws IOException {
        assertShutOut(5311, port -> tlsAndHello(port, TestCa.notYetValid(Role.MEMBER), Role.MEMBER));
    }

    @Test
    void no_certificate() throws IOException {
        assertShutOut(5311, port -> {
            TlsFiles ours = TestCa.of(Role.MEMBER);
            try (RawPeer peer = RawPeer.tlsWithoutCertificate(port, ours)) {
                peer.awaitEnd();
            }
        });
    }

    @Test
    void a_certificate_without_a_role() throws IOException {
        TlsFiles files = TestCa.withNames("nobody", List.of(), TestCa.HERE);
        assertShutOut(5312, port -> tlsAndHello(port, files, Role.MEMBER));
    }

    @Test
    void a_certificate_with_two_roles() throws IOException {
        TlsFiles files = TestCa.withNames("both", List.of(Role.MEMBER.uri(), Role.APPLICATION.uri()), TestCa.HERE);
        assertShutOut(5312, port -> tlsAndHello(port, files, Role.MEMBER));
    }

    private static void tlsAndHello(Address port, TlsFiles files, Role role) throws IOException {
        try (RawPeer peer = RawPeer.tls(port, files)) {
            peer.send(RawPeer.hello(role, TwoEnds.CLUSTER));
            peer.awaitEnd();
        } catch (SSLException | SocketException e) {
            assertThat(e).isNotNull(); // shut out while still speaking
        }
    }

    @Test
    void a_role_that_the_certificate_does_not_give() throws IOException {
        assertShutOut(5313, port -> assertGoodbye(5313, port, RawPeer.hello(Role.MEMBER, TwoEnds.CLUSTER)));
    }

    @Test
    void another_cluster() throws IOException {
        assertShutOut(5314, port -> {
            Refusal goodbye = assertGoodbye(5314, port, RawPeer.hello(Role.APPLICATION, 0xBAD));
            assertThat(goodbye.text()).contains("0000000000000bad", "00c0ffee00ddba11");
        });
    }

    @Test
    void a_later_version_of_the_protocol() throws IOException {
        assertShutOut(
                5315,
                port -> assertGoodbye(
                        5315,
                        port,
                        TwoEnds.encoded(new Hello(
                                2, 9, Role.APPLICATION, false, TwoEnds.CLUSTER, EnumSet.noneOf(Service.class), 0))));
    }

    private static Refusal assertGoodbye(int code, Address port, byte[] hello) throws IOException {
        try (RawPeer peer = RawPeer.tls(port, TestCa.of(Role.APPLICATION))) {
            peer.send(hello);
            assertTrue(peer.readHello().refused());
            Refusal goodbye = peer.readGoodbye();
            assertEquals(code, goodbye.code());
            peer.awaitEnd();
            return goodbye;
        }
    }

    @Test
    void another_protocol_inside_tls() throws IOException {
        assertShutOut(5310, port -> {
            try (RawPeer peer = RawPeer.tls(port, TestCa.of(Role.APPLICATION))) {
                peer.send(bytes("GET / HTTP/1.1\r\n\r\n"));
                peer.awaitEnd();
            }
        });
    }

    @Test
    void a_frame_above_the_cap() throws IOException {
        assertShutOut(5320, port -> {
            try (RawPeer peer = RawPeer.greeted(port, Role.APPLICATION)) {
                peer.send("00100001" + "0102");
                assertEquals(5320, peer.readGoodbye().code());
                peer.awaitEnd();
            }
        });
    }

    @Test
    void a_frame_of_negative_length() throws IOException {
        assertShutOut(5320, port -> {
            try (RawPeer peer = RawPeer.greeted(port, Role.APPLICATION)) {
                peer.send("ffffffff");
                assertEquals(5320, peer.readGoodbye().code());
            }
        });
    }

    @Test
    void an_answer_to_a_question_that_the_member_never_asked() throws IOException {
        assertShutOut(5321, port -> {
            try (RawPeer peer = RawPeer.greeted(port, Role.APPLICATION)) {
                peer.send(RawPeer.frame(new Frame(Frame.Kind.REPLY, null, 1, new byte[3])));
                assertEquals(5321, peer.readGoodbye().code());
            }
        });
    }

    @Test
    void requests_in_the_same_breath_as_a_refused_hello_are_not_looked_at() throws IOException {
        CompletableFuture<Request> seen = new CompletableFuture<>();
        try (TwoEnds ends = TwoEnds.serving(seen::complete);
                RawPeer peer = RawPeer.tls(ends.address, TestCa.of(Role.APPLICATION))) {
            byte[] hello = RawPeer.hello(Role.APPLICATION, 0xBAD);
            byte[] request = RawPeer.frame(Frame.request(Service.SESSION, 1, bytes("do it")));
            peer.send(concat(hello, request));
            assertTrue(peer.readHello().refused());
            assertEquals(5314, peer.readGoodbye().code());
            peer.awaitEnd();
            assertThat(seen).isNotDone();
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Test
    void a_service_that_is_not_for_the_role_is_refused_and_the_connection_goes_on() {
        try (TwoEnds ends = TwoEnds.serving(TwoEnds::echo)) {
            Client client = ends.caller(Role.APPLICATION);
            for (int i = 0; i < TRIES; i++) {
                assertRefused(5322, ends.ask(client, Service.RAFT, "x"));
                assertRefused(5322, ends.ask(client, Service.OPERATOR, "x"));
            }
            assertEquals("x", text(Await.result(ends.ask(client, Service.SESSION, "x"))));
            assertRefused(5322, ends.ask(ends.caller(Role.OPERATOR), Service.RAFT, "x"));
            assertRefused(5322, ends.ask(ends.caller(Role.OPERATOR), Service.SESSION, "x"));
            assertThat(logged.lines()).hasSize(1);
            assertThat(logged.lines(5322)).hasSize(1);
        }
    }

    @Test
    void every_service_is_for_the_roles_that_the_design_gives_it() {
        try (TwoEnds ends = TwoEnds.serving(TwoEnds::echo)) {
            Client member = ends.caller(Role.MEMBER);
            for (Service each : Service.values()) {
                Await.result(ends.ask(member, each, "x"));
            }
            Await.result(ends.ask(ends.caller(Role.OPERATOR), Service.OPERATOR, "x"));
            Await.result(ends.ask(ends.caller(Role.APPLICATION), Service.SESSION, "x"));
        }
    }

    @Test
    void a_service_that_nobody_serves_is_refused() {
        try (Network member = Network.open(NetOptions.plaintext(Role.MEMBER), new ClusterIdentity(1));
                Server server = member.listen(new Address("127.0.0.1", 0), Map.of(Service.SESSION, TwoEnds::echo));
                Client client = member.client()) {
            Address here = new Address("localhost", server.port());
            assertRefused(5323, client.request(here, Service.RAFT, new byte[0], TwoEnds.SOON));
        }
    }

    @Test
    void a_caller_of_another_cluster_is_told_both_and_sends_nothing() {
        try (TwoEnds ends = TwoEnds.serving(TwoEnds::echo)) {
            Client client = ends.caller(NetOptions.tls(TestCa.of(Role.APPLICATION)), 0xBAD);
            NetException failure = Await.failure(ends.ask(client, Service.SESSION, "x"));
            assertThat(failure).isInstanceOf(NotSentException.class).hasMessageStartingWith("DTX-5314");
            assertThat(failure).hasMessageContaining("0000000000000bad").hasMessageContaining("00c0ffee00ddba11");
        }
    }

    @Test
    void who_does_not_know_its_cluster_learns_it_from_the_first_member_and_is_faithful_from_then_on() {
        try (TwoEnds first = TwoEnds.serving(TwoEnds::echo);
                TwoEnds other = TwoEnds.serving(TwoEnds::echo, NetOptions.tls(TestCa.of(Role.MEMBER)), 0xBAD)) {
            ClusterIdentity learning = new ClusterIdentity(0);
            Client client = first.network(NetOptions.tls(TestCa.of(Role.APPLICATION)), learning)
                    .client();
            Await.result(client.request(first.address, Service.SESSION, new byte[0], TwoEnds.SOON));
            assertEquals(TwoEnds.CLUSTER, learning.get());
            NetException failure =
                    Await.failure(client.request(other.address, Service.SESSION, new byte[0], TwoEnds.SOON));
            assertEquals(5314, failure.code());
        }
    }

    @Test
    void consensus_is_not_for_members_without_a_cluster_until_they_have_been_told() {
        try (TwoEnds ends = TwoEnds.serving(TwoEnds::echo, NetOptions.tls(TestCa.of(Role.MEMBER)), 0)) {
            Client inCluster = ends.caller(Role.MEMBER);
            assertRefused(5319, ends.ask(inCluster, Service.RAFT, "x"));
            Await.result(ends.ask(inCluster, Service.OPERATOR, "join"));
            assertEquals(0, ends.member.cluster().get());
            ends.member.cluster().learn(TwoEnds.CLUSTER);
            Await.result(ends.ask(inCluster, Service.RAFT, "x"));
            Client stranger = ends.caller(NetOptions.tls(TestCa.of(Role.MEMBER)), 0);
            assertRefused(5319, ends.ask(stranger, Service.RAFT, "x"));
        }
    }

    private static void assertRefused(int code, CompletableFuture<byte[]> answer) {
        NetException failure = Await.failure(answer);
        assertThat(failure).isInstanceOf(RequestRefusedException.class);
        assertEquals(code, failure.code());
    }

    @Test
    void a_certificate_of_another_authority_is_explained_to_its_owner() {
        try (TwoEnds ends = TwoEnds.serving(TwoEnds::echo)) {
            Client client = ends.caller(NetOptions.tls(TestCa.ofAnotherAuthority(Role.MEMBER)), TwoEnds.CLUSTER);
            NetException failure = Await.failure(ends.ask(client, Service.SESSION, "x"));
            assertThat(failure).isInstanceOf(NotSentException.class).hasMessageStartingWith("DTX-5311");
        }
    }

    @Test
    void an_applications_certificate_is_of_no_use_to_pose_as_a_member() throws Exception {
        TlsFiles files = TestCa.of(Role.APPLICATION);
        try (SSLServerSocket poser = (SSLServerSocket)
                        RawPeer.context(files).getServerSocketFactory().createServerSocket(0);
                Network network = Network.open(NetOptions.tls(files), new ClusterIdentity(TwoEnds.CLUSTER))) {
            assertThat(assertThrows(
                            IllegalStateException.class, () -> network.listen(new Address("127.0.0.1", 0), Map.of())))
                    .hasMessageStartingWith("DTX-5337");
            CompletableFuture<Void> checked = network.client().check(new Address("localhost", poser.getLocalPort()));
            try (RawPeer peer = new RawPeer(poser.accept())) {
                peer.awaitEnd();
            }
            assertEquals(5337, Await.failure(checked).code());
        }
    }

    @Test
    void a_member_under_a_name_that_its_certificate_does_not_carry_is_not_trusted_unless_told_so() {
        TlsFiles elsewhere =
                TestCa.withNames("elsewhere", List.of(Role.MEMBER.uri()), List.of("elsewhere.example.org"));
        try (TwoEnds ends = TwoEnds.serving(TwoEnds::echo, NetOptions.tls(elsewhere), TwoEnds.CLUSTER)) {
            NetOptions options = NetOptions.tls(TestCa.of(Role.APPLICATION));
            Client strict = ends.caller(options, TwoEnds.CLUSTER);
            assertEquals(
                    5311, Await.failure(ends.ask(strict, Service.SESSION, "x")).code());
            Client lax = ends.caller(options.withCheckHostNames(false), TwoEnds.CLUSTER);
            Await.result(ends.ask(lax, Service.SESSION, "x"));
        }
    }

    @Test
    void certificates_that_cannot_work_stop_the_start() {
        assertUnusable(TestCa.expired(Role.MEMBER), "valid from");
        assertUnusable(TestCa.withNames("nobody", List.of(), TestCa.HERE), "no role");
        TlsFiles member = TestCa.of(Role.MEMBER);
        TlsFiles operator = TestCa.of(Role.OPERATOR);
        assertUnusable(new TlsFiles(operator.key(), member.chain(), member.authorities()), "not the certificate of");
        assertUnusable(new TlsFiles(member.chain(), member.chain(), member.authorities()), "no private key");
        assertUnusable(new TlsFiles(member.key(), member.key(), member.authorities()), "certificate");
        assertUnusable(
                new TlsFiles(member.key().resolveSibling("missing"), member.chain(), member.authorities()), "missing");
    }

    private static void assertUnusable(TlsFiles files, String reason) {
        IllegalArgumentException failure = assertThrows(
                IllegalArgumentException.class, () -> Network.open(NetOptions.tls(files), new ClusterIdentity(0)));
        assertThat(failure).hasMessageStartingWith("DTX-5303 ").hasMessageContaining(reason);
    }

    @Test
    void plain_text_stays_on_the_loopback_interface_unless_told_otherwise_aloud() {
        NetOptions plain = NetOptions.plaintext(Role.MEMBER);
        Address everywhere = new Address("0.0.0.0", 0);
        try (Network network = Network.open(plain, new ClusterIdentity(1))) {
            assertThat(assertThrows(IllegalStateException.class, () -> network.listen(everywhere, Map.of())))
                    .hasMessageStartingWith("DTX-5302");
            assertEquals(
                    5302,
                    Await.failure(network.client().check(new Address("192.0.2.1", 1)))
                            .code());
        }
        assertThat(logged.lines()).isEmpty();
        for (int start = 1; start <= 2; start++) {
            try (Network network = Network.open(plain.withPlaintextAnywhere(true), new ClusterIdentity(1));
                    Server server = network.listen(everywhere, Map.of())) {
                assertThat(server.port()).isPositive();
                assertThat(logged.lines(5307)).hasSize(start);
            }
        }
    }

    @Test
    void tls_at_a_plain_port_is_told_apart_from_garbage() throws IOException {
        try (TwoEnds ends = TwoEnds.serving(TwoEnds::echo, NetOptions.plaintext(Role.MEMBER), TwoEnds.CLUSTER)) {
            Client client = ends.caller(Role.APPLICATION);
            assertThat(Await.failure(ends.ask(client, Service.SESSION, "x"))).isInstanceOf(NotSentException.class);
            Await.until("logged", () -> logged.lines(5310).size() == 1);
            assertThat(logged.lines(5310).get(0)).contains("it speaks TLS");
            Client plain = ends.caller(NetOptions.plaintext(Role.APPLICATION), TwoEnds.CLUSTER);
            assertEquals("x", text(Await.result(ends.ask(plain, Service.SESSION, "x"))));
        }
    }

    @Test
    void an_old_version_of_tls() throws IOException {
        assertShutOut(5311, port -> {
            try (SSLSocket socket = (SSLSocket)
                    RawPeer.context(TestCa.of(Role.MEMBER)).getSocketFactory().createSocket(port.host(), port.port())) {
                socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                assertThrows(IOException.class, socket::startHandshake);
            }
        });
    }
}
