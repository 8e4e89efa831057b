package io.dtx.runtime.log.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.campaign.Tally;
import io.dtx.runtime.log.file.MountedDisk;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The file system of a member, a leader or a follower, has no space left (Linux, root): it halts and says so, the others go on, it does
 * no harm when it is started before there is more space, and comes back with all that it had when there is.
 */
class MemberFullDiskTest {

    private static final int FULL = Integer.getInteger("dtx.raft.full-disks", 2);
    private static final long SEED = Long.getLong("dtx.raft.seed", System.nanoTime());
    private static final int LARGE = 64 << 20;

    /** Segments are made by the piece: the file system is full when the next one is made, or a snapshot is written. */
    private static final int FREE = 150 << 10;

    @TempDir
    Path base;

    private final Random random = new Random(SEED);

    @Test
    void a_member_whose_disk_is_full_halts_and_comes_back_when_there_is_space() throws Exception {
        for (int i = 0; i < FULL; i++) {
            fillUp(base.resolve("cluster-" + i), i % 2 == 0);
        }
    }

    private void fillUp(Path directory, boolean leader) throws Exception {
        int victim = 1 + random.nextInt(3);
        try (MountedDisk disk = MountedDisk.ofMemory(directory, LARGE);
                MemberProcesses cluster = new MemberProcesses(directory, 20_000 + random.nextInt(100_000))
                        .with(victim, disk.directory())
                        .of(3);
                ProcessLoad load = ProcessLoad.on(cluster)) {
            load.awaitMore(100);
            lead(cluster, leader ? victim : 1 + victim % 3);
            disk.leave(random.nextInt(FREE));
            TestCluster.await(
                    "halt of member " + victim,
                    () -> !cluster.handle(victim).halted().isEmpty());
            assertThat(cluster.handle(victim).halted()).contains("No space left on device");
            load.awaitMore(100);
            cluster.kill(victim);
            cluster.start(victim); // as a supervisor would
            load.awaitMore(100);
            cluster.kill(victim);
            disk.resize(LARGE);
            cluster.startAll();
            load.awaitMore(100);
            load.audit();
            Tally.add(1, 1);
            System.out.println(
                    "a full disk of a " + (leader ? "leader" : "follower") + ", seed " + SEED + ": " + load.report());
        }
    }

    private static void lead(MemberProcesses cluster, int id) {
        TestCluster.await("member " + id + " leading", () -> {
            int leader = cluster.awaitLeader();
            return leader == id
                    || cluster.handle(leader)
                            .ask("transfer " + id)
                            .handle((told, failure) -> false)
                            .join();
        });
    }
}
