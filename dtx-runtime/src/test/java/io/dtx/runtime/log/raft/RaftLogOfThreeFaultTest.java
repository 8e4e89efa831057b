package io.dtx.runtime.log.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dtx.runtime.campaign.Tally;
import io.dtx.runtime.log.LogUnavailableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three members under load that are killed, cut off, cut off one way, and lose messages, one fault after the other: nothing that was
 * acknowledged is lost, no two members differ, no barrier lets a stale read through, and all is well soon after the last fault.
 */
class RaftLogOfThreeFaultTest {

    private static final long STUCK_MILLIS = 60_000; // it takes a second; this is for busy machines

    private static final int SECONDS = Integer.getInteger("dtx.raft.fault.seconds", 12);
    private static final int TRIALS = Integer.getInteger("dtx.raft.fault.trials", 4);
    private static final long HEALED_NANOS = Long.getLong("dtx.raft.fault.healed", 60) * 1_000_000_000;
    private static final long SEED = Long.getLong("dtx.raft.fault.seed", System.nanoTime());

    @TempDir
    Path base;

    private enum Fault {
        KILL_LEADER,
        KILL_FOLLOWER,
        KILL_ALL,
        RESTART_FOLLOWER,
        ISOLATE_LEADER,
        ISOLATE_FOLLOWER,
        LEADER_HEARS_NOTHING,
        LEADER_IS_NOT_HEARD,
        BRIDGE,
        FLAP,
        LOSS,
        DELAY,
        TRANSFER
    }

    @Test
    void nothing_is_lost_stale_or_different_under_faults() throws Exception {
        Random random = new Random(SEED);
        int faults = 0;
        try (TestCluster cluster = new TestCluster(base, 3, 100_000)) {
            cluster.startAll();
            try (AuditedLoad load = new AuditedLoad(cluster, 4, 2)) {
                load.awaitMore(100);
                long end = System.nanoTime() + SECONDS * 1_000_000_000L;
                while (System.nanoTime() < end && cluster.wrong.isEmpty()) {
                    Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
                    strike(cluster, fault, random);
                    faults++;
                    pause(random.nextInt(600));
                    mend(cluster);
                    if (random.nextInt(3) > 0) {
                        load.awaitMore(1 + random.nextInt(50));
                    }
                }
                mend(cluster);
                long healed = System.nanoTime();
                load.awaitMore(50);
                assertThat(System.nanoTime() - healed)
                        .as("nanoseconds until it worked again")
                        .isLessThan(HEALED_NANOS);
                load.audit();
                Tally.add(faults, faults);
                System.out.println("three members, seed " + SEED + ": " + faults + " faults in " + SECONDS + " s, "
                        + cluster.network.delivered() + " messages, " + cluster.network.dropped() + " lost; "
                        + load.report());
                assertThat(load.acknowledgedCount()).isGreaterThan(100);
                assertThat(load.barriersPassed()).isGreaterThan(10);
            }
        }
    }

    @Test
    void a_member_that_was_away_long_gets_a_snapshot_under_load() throws Exception {
        try (TestCluster cluster = new TestCluster(base, 3, 20_000)) {
            cluster.startAll();
            try (AuditedLoad load = new AuditedLoad(cluster, 4, 1)) {
                load.awaitMore(50);
                int away = cluster.aFollower();
                cluster.kill(away);
                load.awaitMore(1_500);
                TestCluster.Life back = cluster.start(away);
                TestCluster.await(
                        "snapshot",
                        () -> back.replica().restores() > 0 && back.replica().lastIndex() > 1_000);
                load.awaitMore(100);
                load.audit();
                System.out.println(
                        "a member that lagged: " + back.replica().restores() + " snapshots restored; " + load.report());
            }
        }
    }

    @Test
    void a_killed_leader_is_replaced_soon() throws Exception {
        List<Long> millis = new ArrayList<>();
        try (TestCluster cluster = new TestCluster(base, 3, 1 << 20)) {
            cluster.startAll();
            try (AuditedLoad load = new AuditedLoad(cluster, 3, 0)) {
                for (int trial = 0; trial < TRIALS; trial++) {
                    load.awaitMore(30);
                    TestCluster.await("leader", () -> cluster.leader() != 0);
                    int leader = cluster.leader();
                    long began = System.nanoTime();
                    cluster.kill(leader);
                    load.awaitMore(1);
                    millis.add((System.nanoTime() - began) / 1_000_000);
                    cluster.start(leader);
                }
                load.audit();
            }
        }
        Collections.sort(millis);
        System.out.println("leader killed, next acknowledged entry: " + TRIALS + " trials, median "
                + millis.get(TRIALS / 2) + " ms, worst " + millis.get(TRIALS - 1) + " ms");
        assertThat(millis.get(TRIALS - 1)).isLessThan(STUCK_MILLIS);
    }

    @Test
    void the_audit_notices_a_member_that_forgets_what_it_had() throws Exception {
        try (TestCluster cluster = new TestCluster(base, 3, 1 << 20)) {
            cluster.startAll();
            try (AuditedLoad load = new AuditedLoad(cluster, 2, 1)) {
                load.awaitMore(50);
                for (int id = 1; id <= 3; id++) {
                    cluster.kill(id);
                }
                for (int id = 1;
                        id <= 2;
                        id++) { // a majority comes back with nothing, as a member that was wiped must not
                    Wipe.wipe(cluster.directory(id));
                    RaftLog.createCluster(
                            cluster.directory(id), TestCluster.CLUSTER, cluster.member(id), cluster.members);
                }
                cluster.start(1);
                cluster.start(2);
                load.awaitMore(10);
                cluster.start(3);
                assertThrows(AssertionError.class, load::audit);
            }
        }
    }

    private static void strike(TestCluster cluster, Fault fault, Random random) {
        int leader = cluster.leader();
        int follower = cluster.members.stream()
                .map(Member::id)
                .filter(id -> id != leader)
                .skip(random.nextInt(2))
                .findFirst()
                .orElseThrow();
        int other = cluster.members.stream()
                .map(Member::id)
                .filter(id -> id != leader && id != follower)
                .findFirst()
                .orElseThrow();
        String first = cluster.member(leader == 0 ? other : leader).address();
        String second = cluster.member(follower).address();
        switch (fault) {
            case KILL_LEADER -> cluster.kill(leader == 0 ? other : leader);
            case KILL_FOLLOWER -> cluster.kill(follower);
            case KILL_ALL -> cluster.members.forEach(each -> cluster.kill(each.id()));
            case RESTART_FOLLOWER -> cluster.stop(follower);
            case ISOLATE_LEADER -> cluster.network.isolate(first, cluster.addresses());
            case ISOLATE_FOLLOWER -> cluster.network.isolate(second, cluster.addresses());
            case LEADER_HEARS_NOTHING -> cluster.addresses().forEach(each -> cluster.network.cut(each, first));
            case LEADER_IS_NOT_HEARD -> cluster.addresses().forEach(each -> cluster.network.cut(first, each));
            case BRIDGE -> {
                cluster.network.cut(first, second);
                cluster.network.cut(second, first);
            }
            case FLAP -> {
                for (int i = 0; i < 5; i++) {
                    cluster.network.isolate(first, cluster.addresses());
                    pause(random.nextInt(150));
                    cluster.network.heal();
                    pause(random.nextInt(150));
                }
            }
            case LOSS -> cluster.network.lose(0.3);
            case DELAY -> cluster.network.delay(30);
            case TRANSFER -> transfer(cluster, leader, follower);
        }
    }

    private static void transfer(TestCluster cluster, int leader, int follower) {
        try {
            if (leader != 0) {
                cluster.life(leader).log().membership().transferLeadershipTo(follower);
            }
        } catch (LogUnavailableException | IllegalArgumentException e) {
            assertThat(e).isNotNull(); // it does not lead any more
        }
    }

    private static void mend(TestCluster cluster) {
        cluster.network.heal();
        for (Member each : cluster.members) {
            if (!cluster.isRunning(each.id())) {
                cluster.start(each.id());
            }
        }
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(millis * 1_000_000L);
    }
}
