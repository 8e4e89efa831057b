package io.dtx.runtime.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dtx.TransactionId;
import io.dtx.runtime.log.Replica;
import io.dtx.runtime.log.Snapshot;
import io.dtx.runtime.log.raft.Member;
import io.dtx.runtime.log.raft.RaftLog;
import io.dtx.runtime.log.raft.RaftSettings;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.testdb.FreePort;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three members replicate over mutual TLS under load, while strangers of every kind are at the ports of all of them, and while their
 * certificates are renewed: the members go on, say once what was refused, and keep nothing of it.
 */
class SecureMembersTest {

    private static final int ROUNDS = Integer.getInteger("dtx.net.secure.rounds", 1);
    private static final long SEED = Long.getLong("dtx.net.seed", System.nanoTime());
    private static final TransactionId ID = new TransactionId(1, 1, 1);

    @TempDir
    Path base;

    private final List<Node> nodes = new ArrayList<>();
    private final Numbers acknowledged = new Numbers();
    private final AtomicLong nextStep = new AtomicLong();
    private final Thread load = new Thread(this::write, "test-writer");
    private volatile boolean ended;

    /** A member, with files of certificates of its own. */
    private record Node(Member member, TlsFiles files, Network network, Client client, RaftLog log, Steps steps) {
        Address address() {
            return new Address(member.host(), member.port());
        }
    }

    private interface Attack {
        void at(Address port) throws IOException;
    }

    @BeforeEach
    void startMembers() throws Exception {
        List<Member> members = new ArrayList<>();
        for (int id = 1; id <= 3; id++) {
            members.add(new Member(id, "127.0.0.1", FreePort.next()));
        }
        for (Member each : members) {
            Path directory = base.resolve("member-" + each.id());
            RaftLog.createCluster(directory, TwoEnds.CLUSTER, each, members);
            TlsFiles files = copyOf(TestCa.of(Role.MEMBER), base.resolve("tls-" + each.id()));
            Network network = Network.open(NetOptions.tls(files), new ClusterIdentity(TwoEnds.CLUSTER));
            Client client = network.client();
            RaftLog log = new RaftLog(
                    new RaftSettings(directory, RaftSettings.ELECTION_TIMEOUT_MILLIS, 64 << 10, 1 << 20), client);
            network.listen(new Address(each.host(), each.port()), Map.of(Service.RAFT, log.requestHandler()));
            Steps steps = new Steps();
            nodes.add(new Node(each, files, network, client, log, steps));
            log.start(steps);
        }
        load.start();
        awaitMore(20);
    }

    @AfterEach
    void stopMembers() throws InterruptedException {
        ended = true;
        load.join();
        nodes.forEach(each -> each.log().close());
        nodes.forEach(each -> each.network().close());
    }

    @Test
    void strangers_of_every_kind_at_every_port_disturb_nobody() throws Exception {
        long heapBefore = heap();
        int attacks = 0;
        long begun = System.nanoTime();
        List<Socket> silent = new ArrayList<>();
        try (Logged logged = new Logged()) {
            for (int round = 0; round < ROUNDS; round++) {
                for (Node node : nodes) {
                    for (Attack each : attacks(new Random(SEED + round))) {
                        each.at(node.address());
                        attacks++;
                    }
                    silent.add(new Socket(node.member().host(), node.member().port()));
                    awaitMore(5);
                }
            }
            for (int code : new int[] {5310, 5311, 5313, 5314, 5320, 5322}) {
                List<String> lines = logged.lines(code);
                int minutes = (int) TimeUnit.NANOSECONDS.toMinutes(System.nanoTime() - begun);
                assertThat(lines).as("DTX-" + code).hasSizeBetween(1, nodes.size() * (1 + minutes));
            }
            assertThat(logged.lines()).noneMatch(each -> each.startsWith("DTX-539"));
            for (Socket each : silent) {
                assertEnds(each);
            }
            awaitMore(20);
            assertSame();
            long grown = heap() - heapBefore;
            System.out.println("members over TLS: " + attacks + " strangers, seed " + SEED + ", " + acknowledged.size()
                    + " entries acknowledged meanwhile, " + logged.lines().size() + " lines logged, heap "
                    + grown / 1024 + " KiB more");
            assertThat(grown).isLessThan(32L << 20);
        }
    }

    @Test
    void certificates_of_members_are_renewed_one_after_the_other_without_a_restart() throws Exception {
        TlsFiles renewed = TestCa.withNames("renewed", List.of(Role.MEMBER.uri()), TestCa.HERE);
        for (Node node : nodes) {
            replace(node.files().key(), renewed.key());
            replace(node.files().chain(), renewed.chain());
            Await.until("the new one is shown", () -> shownTo(node.address()).equals("CN=renewed"));
            for (Node each : nodes) {
                for (Node other : nodes) {
                    each.client().disconnect(other.address());
                }
            }
            awaitMore(20);
        }
        assertSame();
    }

    private static List<Attack> attacks(Random random) {
        byte[] garbage = new byte[1 + random.nextInt(600)];
        random.nextBytes(garbage);
        garbage[0] |= (byte) 0x80; // as nothing begins that a member says
        TlsFiles forged = new TlsFiles(
                TestCa.ofAnotherAuthority(Role.MEMBER).key(),
                TestCa.ofAnotherAuthority(Role.MEMBER).chain(),
                TestCa.of(Role.MEMBER).authorities());
        return List.of(
                port -> send(RawPeer.plain(port), RawPeer.hello(Role.MEMBER, TwoEnds.CLUSTER)),
                port -> send(RawPeer.plain(port), garbage),
                port -> tls(port, forged, RawPeer.hello(Role.MEMBER, TwoEnds.CLUSTER)),
                port -> tls(port, TestCa.expired(Role.MEMBER), RawPeer.hello(Role.MEMBER, TwoEnds.CLUSTER)),
                port -> tls(port, TestCa.of(Role.APPLICATION), RawPeer.hello(Role.MEMBER, TwoEnds.CLUSTER)),
                port -> tls(port, TestCa.of(Role.MEMBER), RawPeer.hello(Role.MEMBER, 0xBAD)),
                port -> send(RawPeer.greeted(port, Role.MEMBER), new byte[] {0x7f, -1, -1, -1}),
                port -> send(RawPeer.greeted(port, Role.MEMBER), garbage),
                SecureMembersTest::speakAsAnApplication,
                port -> sayGarbageAsAMember(port, garbage));
    }

    /** The certificate is an application's, and so is the hello; what it asks for is consensus. */
    private static void speakAsAnApplication(Address port) {
        try (Network stranger =
                Network.open(NetOptions.tls(TestCa.of(Role.APPLICATION)), new ClusterIdentity(TwoEnds.CLUSTER))) {
            NetException refused = Await.failure(
                    stranger.client().request(port, Service.RAFT, new byte[] {1, 2, 3}, Duration.ofSeconds(10)));
            assertInstanceOf(RequestRefusedException.class, refused);
        }
    }

    /** Whoever has a member's certificate and says what no member says loses the connection, and is not answered. */
    private static void sayGarbageAsAMember(Address port, byte[] garbage) {
        try (Network member =
                Network.open(NetOptions.tls(TestCa.of(Role.MEMBER)), new ClusterIdentity(TwoEnds.CLUSTER))) {
            assertInstanceOf(
                    AnswerUnknownException.class,
                    Await.failure(member.client().request(port, Service.RAFT, garbage, Duration.ofSeconds(10))));
        }
    }

    private static void tls(Address port, TlsFiles files, byte[] hello) {
        try {
            send(RawPeer.tls(port, files), hello);
        } catch (IOException e) {
            List.of(e); // shut out before it could speak
        }
    }

    private static void send(RawPeer peer, byte[] bytes) {
        try (peer) {
            peer.send(bytes);
            peer.awaitEnd();
        } catch (IOException e) {
            List.of(e); // shut out while it spoke, or held off until it was given up
        }
    }

    private static void assertEnds(Socket silent) throws IOException {
        try (silent) {
            silent.setSoTimeout(20_000);
            assertEquals(-1, silent.getInputStream().read());
        }
    }

    private void write() {
        while (!ended) {
            long step = nextStep.incrementAndGet();
            while (!ended && !append(step)) {
                LockSupport.parkNanos(5_000_000);
            }
        }
    }

    private boolean append(long step) {
        LogCommand finish = new LogCommand.FinishStep(ID, step, new byte[100]);
        for (Node each : nodes) {
            if (each.steps().leads) {
                try {
                    each.log()
                            .append(List.of(new SessionBatch(1, 1, 1, List.of(finish))))
                            .get(5, TimeUnit.SECONDS);
                    acknowledged.add(step);
                    return true;
                } catch (ExecutionException | TimeoutException e) {
                    return false; // unknown: repeated
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return false;
    }

    private void awaitMore(int more) {
        int target = acknowledged.size() + more;
        Await.until(more + " more entries", () -> acknowledged.size() >= target);
    }

    private void assertSame() throws InterruptedException {
        ended = true;
        load.join();
        for (Node each : nodes) {
            Await.until("all at " + each.member(), () -> each.steps().seen.containsAll(acknowledged));
            assertTrue(each.steps().failure == null, "a member has halted");
        }
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static TlsFiles copyOf(TlsFiles from, Path directory) throws IOException {
        Files.createDirectories(directory);
        TlsFiles copy =
                new TlsFiles(directory.resolve("own.key"), directory.resolve("own.pem"), directory.resolve("ca.pem"));
        replace(copy.key(), from.key());
        replace(copy.chain(), from.chain());
        replace(copy.authorities(), from.authorities());
        return copy;
    }

    private static void replace(Path file, Path by) throws IOException {
        Path fresh = file.resolveSibling("fresh");
        Files.copy(by, fresh);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String shownTo(Address port) {
        try (SSLSocket socket = (SSLSocket) RawPeer.context(TestCa.of(Role.APPLICATION))
                .getSocketFactory()
                .createSocket(port.host(), port.port())) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Numbers of steps, which begin with one, in a bit each: what the test remembers is not what members keep. */
    private static final class Numbers {

        private final BitSet bits = new BitSet();

        synchronized void add(long number) {
            bits.set((int) number);
        }

        synchronized int size() {
            return bits.cardinality();
        }

        synchronized boolean containsAll(Numbers others) {
            BitSet missing = others.copy();
            missing.andNot(bits);
            return missing.isEmpty();
        }

        private synchronized BitSet copy() {
            return (BitSet) bits.clone();
        }
    }

    /** Remembers the steps that have been committed. */
    private static final class Steps implements Replica {

        private final Numbers seen = new Numbers();
        private volatile boolean leads;
        private volatile Throwable failure;

        @Override
        public void restore(Snapshot snapshot) {
            throw new AssertionError("there are none");
        }

        @Override
        public void onCommitted(LogEntry entry) {
            for (SessionBatch batch : entry.batches()) {
                for (LogCommand each : batch.commands()) {
                    if (each instanceof LogCommand.FinishStep finish) {
                        seen.add(finish.step());
                    }
                }
            }
        }

        @Override
        public Snapshot snapshot() {
            return Stream::empty;
        }

        @Override
        public void onLeader(long term) {
            leads = true;
        }

        @Override
        public void onFollower() {
            leads = false;
        }

        @Override
        public void onFailed(Throwable cause) {
            failure = cause;
        }
    }
}
