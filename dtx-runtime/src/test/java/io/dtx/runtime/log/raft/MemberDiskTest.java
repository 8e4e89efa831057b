package io.dtx.runtime.log.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dtx.runtime.campaign.Tally;
import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.log.file.FailingDisk;
import io.dtx.runtime.log.file.FailingDisk.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk of a leader, of a follower, and of a member that starts fails at any operation, in every way, under an audited load:
 * the member halts and says why, the others go on, and when its disk works again it comes back with all that it had.
 */
class MemberDiskTest {

    private static final int SPAN = 120; // operations between a fault's announcement and the fault, at most
    private static final int AT_START = 40; // a member takes part after about 20
    private static final int POINTS = Integer.getInteger("dtx.raft.disk.points", 1);
    private static final int FROM = Integer.getInteger("dtx.raft.disk.from", -1);
    private static final long SEED = Long.getLong("dtx.raft.disk.seed", System.nanoTime());

    @TempDir
    Path base;

    private final Random random = new Random(SEED);
    private final Map<String, Integer> failed = new TreeMap<>();

    @Test
    void a_leader_or_a_follower_whose_disk_fails_halts_and_the_others_go_on() throws Exception {
        try (TestCluster cluster = clusterWithDisks(20_000)) {
            try (AuditedLoad load = new AuditedLoad(cluster, 3, 1)) {
                load.awaitMore(50);
                for (int point : points(SPAN)) {
                    for (Fault fault : Fault.values()) {
                        for (boolean leader : List.of(true, false)) {
                            failOnce(cluster, load, fault, point, leader);
                        }
                    }
                }
                load.audit();
                report("under load", load);
            }
        }
    }

    @Test
    void a_member_whose_disk_fails_while_it_starts_or_catches_up_is_not_there_and_starts_later() throws Exception {
        int refused = 0;
        try (TestCluster cluster = clusterWithDisks(10_000)) {
            try (AuditedLoad load = new AuditedLoad(cluster, 3, 1)) {
                load.awaitMore(50);
                for (int point : points(AT_START)) {
                    for (Fault fault : Fault.values()) {
                        refused += failAtStart(cluster, load, fault, point) ? 1 : 0;
                    }
                }
                load.audit();
                report("at starts, " + refused + " starts refused", load);
            }
        }
    }

    @Test
    void the_audit_notices_disks_that_only_say_that_they_force() throws Exception {
        try (TestCluster cluster = clusterWithDisks(1 << 20)) {
            try (AuditedLoad load = new AuditedLoad(cluster, 2, 0)) {
                load.awaitMore(20);
                cluster.members.forEach(each -> cluster.disk(each.id()).lie());
                load.awaitMore(50);
                cluster.members.forEach(each -> cluster.kill(each.id()));
                for (Member each : cluster.members) {
                    cluster.disk(each.id()).cutPowerAndLoseAll();
                    cluster.newDisk(each.id());
                    cluster.start(each.id());
                }
                load.awaitMore(10);
                assertThrows(AssertionError.class, load::audit);
            }
        }
    }

    private TestCluster clusterWithDisks(long snapshotBytes) {
        TestCluster cluster = new TestCluster(base, 3, snapshotBytes);
        cluster.members.forEach(each -> cluster.newDisk(each.id()));
        cluster.startAll();
        return cluster;
    }

    /** All of them, those from one on, or a few by chance. */
    private int[] points(int span) {
        return FROM >= 0 || POINTS >= SPAN
                ? IntStream.range(Math.max(0, FROM), Math.max(0, FROM) + POINTS).toArray()
                : random.ints(POINTS, 0, span).toArray();
    }

    private void failOnce(TestCluster cluster, AuditedLoad load, Fault fault, int point, boolean leader)
            throws IOException {
        cluster.awaitLeader();
        int victim = leader ? cluster.leader() : cluster.aFollower();
        FailingDisk disk = cluster.disk(victim);
        disk.failAfter(fault, point);
        TestCluster.await(fault + " after " + point, disk::hasFailed);
        failed.merge(disk.failed(), 1, Integer::sum);
        if (fault.isHarmless()) {
            load.awaitMore(10);
            assertEquals(null, cluster.life(victim).replica().failure());
            return;
        }
        awaitHalted(cluster, victim, fault + " of " + disk.failed() + " after " + point);
        load.awaitMore(10);
        assertRefuses(cluster.life(victim).log());
        repair(cluster, victim);
    }

    private boolean failAtStart(TestCluster cluster, AuditedLoad load, Fault fault, int point) throws IOException {
        int victim = cluster.aFollower();
        cluster.kill(victim);
        load.awaitMore(150); // more than a snapshot: part of the time it has to be sent one
        FailingDisk disk = cluster.newDisk(victim);
        disk.failAfter(fault, point);
        boolean refused = false;
        try {
            cluster.start(victim);
            TestCluster.await(fault + " after " + point + " at a start", disk::hasFailed);
            if (!fault.isHarmless()) {
                awaitHalted(cluster, victim, fault + " of " + disk.failed() + " after " + point);
            }
        } catch (LogUnavailableException e) {
            assertThat(e).hasMessageContaining(cluster.directory(victim).toString());
            assertSaysWhy(e);
            refused = true;
        } catch (InternalError e) {
            refused = true;
        }
        failed.merge(disk.failed(), 1, Integer::sum);
        repair(cluster, victim);
        return refused;
    }

    /** Sometimes the whole machine goes down, with what its disk had not forced. */
    private void repair(TestCluster cluster, int victim) throws IOException {
        cluster.kill(victim);
        if (random.nextBoolean()) {
            cluster.disk(victim).cutPower(random);
        }
        cluster.newDisk(victim);
        cluster.start(victim);
        long last = cluster.awaitLeader().replica().lastIndex();
        TestCluster.await(
                "member " + victim + " coming back",
                () -> cluster.life(victim).replica().lastIndex() >= last);
    }

    private static void awaitHalted(TestCluster cluster, int id, String why) {
        AuditedReplica replica = cluster.life(id).replica();
        TestCluster.await("halt of member " + id + " by " + why, () -> replica.failure() != null);
        assertSaysWhy(Objects.requireNonNull(replica.failure()));
    }

    private static void assertSaysWhy(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).containsAnyOf("IOException", "planted");
    }

    private static void assertRefuses(RaftLog log) {
        for (var answer : List.of(log.append(List.of()), log.readBarrier())) {
            assertThat(assertThrows(CompletionException.class, answer::join))
                    .hasCauseInstanceOf(LogUnavailableException.class)
                    .hasStackTraceContaining("stopped after an error");
        }
    }

    private void report(String when, AuditedLoad load) {
        int faults = failed.values().stream().mapToInt(each -> each).sum();
        Tally.add(faults, faults);
        System.out.println("a member's disk fails " + when + ", seed " + SEED + ": " + failed + "; " + load.report());
    }
}
