package io.dtx.runtime.log.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dtx.TransactionId;
import io.dtx.runtime.log.AppendUnknownException;
import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.net.Address;
import io.dtx.runtime.net.ClusterIdentity;
import io.dtx.runtime.net.NetOptions;
import io.dtx.runtime.net.Network;
import io.dtx.runtime.net.Role;
import io.dtx.runtime.net.Service;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.testdb.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three members behind real ports: they elect, replicate, take large entries, survive their leader, add and remove a member. */
class RaftOverPortsTest {

    private static final long CLUSTER = 0xABCDEF;
    private static final TransactionId ID = new TransactionId(1, 1, 1);

    @TempDir
    Path base;

    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final ConcurrentMap<Long, Long> digests = new ConcurrentHashMap<>();
    private final Map<Integer, Node> nodes = new HashMap<>();

    /** A member's process. */
    private record Node(Network network, RaftLog log, AuditedReplica replica) {
        void close() {
            log.close();
            network.close();
        }
    }

    @AfterEach
    void close() {
        nodes.values().forEach(Node::close);
    }

    @Test
    void members_behind_ports_replicate_and_survive_their_leader() throws Exception {
        List<Member> members = freeMembers(3);
        for (Member each : members) {
            RaftLog.createCluster(directory(each), CLUSTER, each, members);
            open(each);
        }
        for (long step = 1; step <= 200; step++) {
            append(step, new byte[30]);
        }
        append(201, new byte[5 << 20]);
        Node leader = leader();
        int gone = leader.log().self().id();
        nodes.remove(gone);
        leader.close();
        for (long step = 202; step <= 300; step++) {
            append(step, new byte[30]);
        }
        open(members.get(gone - 1));
        assertSame(300);
        Node asked = nodes.get(gone);
        asked.log().readBarrier().get(20, TimeUnit.SECONDS);
        assertEquals(
                5 << 20, asked.log().read(Objects.requireNonNull(asked.replica().place(201))).length);
    }

    @Test
    void a_member_is_added_and_another_one_removed() throws Exception {
        List<Member> members = freeMembers(2);
        RaftLog.createCluster(directory(members.get(0)), CLUSTER, members.get(0), members.subList(0, 1));
        open(members.get(0));
        append(1, new byte[30]);
        RaftLog.createJoining(directory(members.get(1)), CLUSTER, members.get(1));
        open(members.get(1));
        leader().log().membership().add(members.get(1)).get(20, TimeUnit.SECONDS);
        append(2, new byte[30]);
        assertSame(2);
        assertThat(leader().log().membership().members()).containsExactlyInAnyOrderElementsOf(members);
        leader().log().membership().transferLeadershipTo(2);
        TestCluster.await("member 2 leading", () -> nodes.get(2).replica().leads());
        leader().log().membership().remove(1).get(20, TimeUnit.SECONDS);
        append(3, new byte[30]);
        assertEquals(List.of(members.get(1)), leader().log().membership().members());
    }

    private void open(Member member) throws IOException {
        Network network = Network.open(NetOptions.plaintext(Role.MEMBER), new ClusterIdentity(CLUSTER));
        RaftLog log = new RaftLog(new RaftSettings(directory(member), 300, 64 << 10, 1 << 20), network.client());
        network.listen(new Address(member.host(), member.port()), Map.of(Service.RAFT, log.requestHandler()));
        AuditedReplica replica = new AuditedReplica(digests, wrong);
        nodes.put(member.id(), new Node(network, log, replica));
        log.start(replica);
    }

    private Node leader() {
        TestCluster.await(
                "leader",
                () -> nodes.values().stream().anyMatch(each -> each.replica().leads()));
        return nodes.values().stream()
                .filter(each -> each.replica().leads())
                .findFirst()
                .orElseThrow();
    }

    private void append(long step, byte[] content) throws Exception {
        SessionBatch batch = new SessionBatch(1, 1, 1, List.of(new LogCommand.FinishStep(ID, step, content)));
        for (int attempt = 0; ; attempt++) {
            try {
                leader().log().append(List.of(batch)).get(20, TimeUnit.SECONDS);
                return;
            } catch (ExecutionException e) {
                assertThat(e.getCause()).isInstanceOfAny(AppendUnknownException.class, LogUnavailableException.class);
                assertThat(attempt).isLessThan(1_000);
            }
        }
    }

    private void assertSame(int steps) {
        TestCluster.await(
                "all steps everywhere",
                () -> nodes.values().stream()
                        .allMatch(each -> each.replica().steps().size() == steps));
        assertEquals(List.of(), wrong);
    }

    private Path directory(Member member) {
        return base.resolve("member-" + member.id());
    }

    private static List<Member> freeMembers(int count) throws IOException {
        List<Member> members = new ArrayList<>();
        for (int id = 1; id <= count; id++) {
            members.add(new Member(id, "127.0.0.1", FreePort.next()));
        }
        return members;
    }
}
