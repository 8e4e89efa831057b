package io.dtx.runtime.log.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.campaign.Tally;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three members in processes of their own under an audited load: the leader, a follower, all of them are killed in the middle of what they
 * do; leaders are stopped and wake up when others lead. Nothing that was acknowledged is lost, and no read is stale.
 */
class MemberKillTest {

    private static final int KILLS = Integer.getInteger("dtx.raft.kills", 3);
    private static final int PAUSES = Integer.getInteger("dtx.raft.pauses", 1);
    private static final long SEED = Long.getLong("dtx.raft.seed", System.nanoTime());

    @TempDir
    Path base;

    private final Random random = new Random(SEED);

    @Test
    void nothing_is_lost_or_stale_when_members_are_killed_and_leaders_wake_up_late() throws Exception {
        long worst = 0;
        try (MemberProcesses cluster = new MemberProcesses(base, 20_000).of(3);
                ProcessLoad load = ProcessLoad.on(cluster)) {
            load.awaitMore(50);
            for (int i = 0; i < Math.max(KILLS, PAUSES); i++) {
                if (i < KILLS) {
                    worst = Math.max(worst, kill(i, cluster, load));
                }
                if (i < PAUSES) {
                    wakeUpLate(cluster, load);
                }
                load.awaitMore(random.nextInt(60));
            }
            load.audit();
            Tally.add(KILLS + PAUSES, KILLS + PAUSES);
            System.out.println("member processes: " + KILLS + " times kill -9 of leader, follower, all; " + PAUSES
                    + " leaders stopped and woken up; seed " + SEED + "; worst time from all up to the next entry "
                    + worst
                    + " ms; " + load.report());
        }
    }

    @Test
    void the_audit_notices_stale_reads_and_answers_before_the_commit() throws Exception {
        try (MemberProcesses cluster =
                        new MemberProcesses(base, 1 << 20).withPlantedBugs().of(3);
                ProcessLoad load = ProcessLoad.on(cluster)) {
            load.awaitMore(20);
            wakeUpLate(cluster, load);
            TestCluster.await("stale reads", () -> !cluster.wrong.isEmpty());
            assertThat(cluster.wrong).allMatch(each -> each.startsWith("stale read"));
            int leader = cluster.awaitLeader();
            List<Integer> others =
                    cluster.ids().stream().filter(id -> id != leader).toList();
            for (int id : others) {
                cluster.kill(id);
            }
            acknowledge(20, load);
            cluster.kill(leader);
            for (int id : others) {
                cluster.start(id);
            }
            acknowledge(20, load);
            assertThat(load.lost()).isNotEmpty();
        }
    }

    /** Waits for steps also when something wrong has been seen. */
    private static void acknowledge(int more, ProcessLoad load) {
        long target = load.acknowledgedCount() + more;
        TestCluster.await(more + " more steps", () -> load.acknowledgedCount() >= target);
    }

    /** Returns how long it took until the next entry was acknowledged. */
    private long kill(int number, MemberProcesses cluster, ProcessLoad load) throws Exception {
        switch (number % 3) {
            case 0 -> cluster.kill(cluster.awaitLeader());
            case 1 -> cluster.kill(cluster.aFollower());
            default -> cluster.killAll();
        }
        LockSupport.parkNanos(random.nextInt(500) * 1_000_000L);
        cluster.startAll();
        long healed = System.nanoTime();
        load.awaitMore(1);
        return (System.nanoTime() - healed) / 1_000_000;
    }

    /** Stops the leader, lets the others elect another one and go on, asks the stopped one, and wakes it up. */
    private static void wakeUpLate(MemberProcesses cluster, ProcessLoad load) throws Exception {
        MemberHandle zombie = cluster.handle(cluster.awaitLeader());
        zombie.pause();
        load.awaitMore(20);
        for (int i = 0; i < 20; i++) {
            load.readFrom(zombie);
        }
        zombie.resume();
    }
}
