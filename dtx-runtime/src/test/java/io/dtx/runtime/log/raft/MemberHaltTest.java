package io.dtx.runtime.log.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.alipay.sofa.jraft.rpc.RpcRequests.RequestVoteRequest;
import com.google.protobuf.Message;
import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.log.file.FailingDisk;
import io.dtx.runtime.log.file.MemberDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A member that cannot write halts for good and is heard of no more; one that is stuck begins anew; the others do not notice. */
class MemberHaltTest {

    @TempDir
    Path base;

    @Test
    void a_leader_that_cannot_write_halts_and_another_one_goes_on() throws Exception {
        try (TestCluster cluster = new TestCluster(base, 3, 20_000)) {
            cluster.startAll();
            try (AuditedLoad load = new AuditedLoad(cluster, 3, 1)) {
                load.awaitMore(50);
                int leader = cluster.leader();
                loseDirectory(cluster, leader);
                awaitHalted(cluster, leader);
                load.awaitMore(100);
                assertRefuses(cluster.life(leader).log());
                cluster.kill(leader);
                load.audit();
            }
        }
    }

    @Test
    void a_member_that_cannot_write_its_vote_halts_and_has_voted_for_nobody() throws Exception {
        try (TestCluster cluster = new TestCluster(base, 3, 1 << 20)) {
            cluster.startAll();
            try (AuditedLoad load = new AuditedLoad(cluster, 2, 1)) {
                load.awaitMore(20);
                int voter = cluster.aFollower();
                loseDirectory(cluster, voter);
                int leader = cluster.leader();
                cluster.kill(leader);
                awaitHalted(cluster, voter);
                cluster.kill(voter);
                cluster.start(leader);
                load.awaitMore(50);
                load.audit();
            }
        }
    }

    /** Whoever has started it would believe that it takes part, and wait for ever. */
    @ParameterizedTest
    @EnumSource(names = {"EIO", "NO_MEMORY"})
    void a_member_that_halts_while_it_starts_says_so(FailingDisk.Fault fault) {
        Member self = new Member(1, "member1", 7001);
        RaftLog.createCluster(base, TestCluster.CLUSTER, self, List.of(self, new Member(2, "member2", 7002)));
        FailingDisk disk = new FailingDisk(base);
        AuditedReplica replica = new AuditedReplica(new ConcurrentHashMap<>(), new ArrayList<>());
        RaftLog log = new RaftLog(
                new RaftSettings(base, RaftSettings.ELECTION_TIMEOUT_MILLIS, 64 << 10, 1 << 20),
                new Candidate(self, disk, fault, replica),
                (directory, bytes, visitor) -> disk.open(bytes, visitor));

        assertThatThrownBy(() -> log.start(replica))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining(base.toString())
                .hasRootCauseInstanceOf(fault == FailingDisk.Fault.EIO ? IOException.class : InternalError.class);

        assertRefuses(log);
        log.close();
    }

    /** Asks for a vote as soon as the member listens, whose disk does not take it, and lets it begin only once it has failed. */
    private record Candidate(Member voter, FailingDisk disk, FailingDisk.Fault fault, AuditedReplica replica)
            implements Transport {

        @Override
        public CompletableFuture<byte[]> request(String address, byte[] message, long timeoutMillis) {
            return new CompletableFuture<>();
        }

        @Override
        public void serve(Receiver receiver) {
            disk.failAfter(fault, 0);
            Message vote = RequestVoteRequest.newBuilder()
                    .setGroupId("dtx-" + Long.toHexString(TestCluster.CLUSTER))
                    .setServerId("member2:7002")
                    .setPeerId(voter.peer().toString())
                    .setTerm(9)
                    .setLastLogTerm(9)
                    .setLastLogIndex(100)
                    .setPreVote(false)
                    .build();
            receiver.received(new Asked(RpcMessages.encode(vote)));
            TestCluster.await("end of a member that cannot vote", () -> replica.failure() != null);
        }

        @Override
        public void stopServing() {}

        private record Asked(byte[] message) implements Incoming, Link {
            @Override
            public Link link() {
                return this;
            }

            @Override
            public void reply(byte[] answer) {}

            @Override
            public void refuse() {}

            @Override
            public String remoteAddress() {
                return "member2:7002";
            }

            @Override
            public Map<String, Object> attributes() {
                return new HashMap<>();
            }

            @Override
            public void close() {}
        }
    }

    @Test
    void members_that_begin_anew_under_load_go_on_where_they_were() throws Exception {
        try (TestCluster cluster = new TestCluster(base, 3, 20_000)) {
            cluster.startAll();
            try (AuditedLoad load = new AuditedLoad(cluster, 3, 1)) {
                for (int id = 1; id <= 3; id++) {
                    load.awaitMore(100);
                    cluster.life(id).log().restartConsensus("asked to");
                }
                load.awaitMore(100);
                load.audit();
            }
            for (TestCluster.Life each : cluster.running()) {
                assertThat(each.replica().restores()).isZero();
            }
        }
    }

    @Test
    void a_member_that_has_no_memory_to_begin_anew_halts() {
        Member self = new Member(1, "member1", 7001);
        RaftLog.createCluster(base, TestCluster.CLUSTER, self, List.of(self));
        AtomicInteger opened = new AtomicInteger();
        AuditedReplica replica = new AuditedReplica(new ConcurrentHashMap<>(), new ArrayList<>());
        RaftLog log = new RaftLog(
                new RaftSettings(base, RaftSettings.ELECTION_TIMEOUT_MILLIS, 64 << 10, 1 << 20),
                null,
                (directory, bytes, visitor) -> {
                    if (opened.incrementAndGet() > 1) {
                        throw new OutOfMemoryError("planted: unable to create native thread");
                    }
                    return MemberDirectory.open(directory, bytes, visitor);
                });
        log.start(replica);

        log.restartConsensus("asked to");

        TestCluster.await("end of a member that cannot begin anew", () -> replica.failure() != null);
        assertRefuses(log);
        log.close();
    }

    /** Whatever needs a new file fails from now on; what is open goes on. */
    private static void loseDirectory(TestCluster cluster, int id) throws IOException {
        Files.move(cluster.directory(id), cluster.directory(id).resolveSibling("lost-" + id));
    }

    private static void awaitHalted(TestCluster cluster, int id) {
        TestCluster.await(
                "member " + id + " halting", () -> cluster.life(id).replica().failure() != null);
        assertNotNull(cluster.life(id).replica().failure());
    }

    private static void assertRefuses(RaftLog log) {
        CompletionException append = assertThrows(
                CompletionException.class, () -> log.append(List.of()).join());
        assertThat(append.getCause()).isInstanceOf(LogUnavailableException.class);
        CompletionException read =
                assertThrows(CompletionException.class, () -> log.readBarrier().join());
        assertThat(read.getCause()).isInstanceOf(LogUnavailableException.class);
    }
}
