package io.dtx.runtime.log.raft;

import io.dtx.runtime.campaign.Tally;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three members in processes and network namespaces of their own (Linux, root, the command {@code ip}): cut off, cut off one way, joined
 * by a third one only, flapping, over real sockets under an audited load.
 */
class PartitionedProcessesTest {

    private static final int PARTITIONS = Integer.getInteger("dtx.raft.partitions", 3);
    private static final long SEED = Long.getLong("dtx.raft.seed", System.nanoTime());

    @TempDir
    Path base;

    private final Random random = new Random(SEED);

    private enum Partition {
        LEADER_HEARS_NOTHING,
        ISOLATE_LEADER,
        BRIDGE,
        LEADER_IS_NOT_HEARD,
        ISOLATE_FOLLOWER,
        FOLLOWER_HEARS_NOTHING,
        FOLLOWER_IS_NOT_HEARD,
        ALL_APART,
        FLAP
    }

    @Test
    void nothing_is_lost_or_stale_when_the_network_between_processes_is_cut() throws Exception {
        String missing = Namespaces.missing();
        if (missing != null) {
            Tally.skip("partitions between processes need network namespaces: " + missing);
        }
        int[] made = new int[Partition.values().length];
        long worst = 0;
        long worstCaughtUp = 0;
        try (Namespaces networks = new Namespaces(3);
                MemberProcesses cluster =
                        new MemberProcesses(base, 20_000).within(networks).of(3);
                ProcessLoad load = ProcessLoad.on(cluster)) {
            load.awaitMore(50);
            for (int i = 0; i < PARTITIONS; i++) {
                Partition partition =
                        Partition.values()[PARTITIONS < made.length ? random.nextInt(made.length) : i % made.length];
                made[partition.ordinal()]++;
                cut(partition, networks, cluster);
                for (int look = 0; look < 10; look++) {
                    LockSupport.parkNanos(random.nextInt(250) * 1_000_000L);
                    cluster.running().forEach(load::readFrom);
                }
                networks.heal();
                long healed = System.nanoTime();
                load.awaitMore(1);
                worst = Math.max(worst, System.nanoTime() - healed);
                cluster.awaitCaughtUp();
                worstCaughtUp = Math.max(worstCaughtUp, System.nanoTime() - healed);
                load.awaitMore(random.nextInt(40));
            }
            load.audit();
            Tally.add(PARTITIONS, PARTITIONS);
            System.out.println("member processes, seed " + SEED + ": " + PARTITIONS + " partitions "
                    + List.of(Partition.values()) + Arrays.toString(made)
                    + "; worst time from healing to the next entry " + worst / 1_000_000
                    + " ms, to all members having caught up "
                    + worstCaughtUp / 1_000_000 + " ms; " + load.report());
        }
    }

    private void cut(Partition partition, Namespaces networks, MemberProcesses cluster) throws Exception {
        int leader = cluster.awaitLeader();
        List<Integer> others = cluster.ids().stream().filter(id -> id != leader).toList();
        int follower = others.get(random.nextInt(others.size()));
        for (int other : cluster.ids()) {
            switch (partition) {
                case LEADER_HEARS_NOTHING -> cut(networks, other, leader, false);
                case LEADER_IS_NOT_HEARD -> cut(networks, leader, other, false);
                case ISOLATE_LEADER -> cut(networks, leader, other, true);
                case FOLLOWER_HEARS_NOTHING -> cut(networks, other, follower, false);
                case FOLLOWER_IS_NOT_HEARD -> cut(networks, follower, other, false);
                case ISOLATE_FOLLOWER -> cut(networks, follower, other, true);
                case BRIDGE -> cut(networks, leader, follower, true);
                case ALL_APART -> cluster.ids().forEach(each -> cutQuietly(networks, each, other));
                case FLAP -> {
                    cut(networks, leader, other, true);
                    LockSupport.parkNanos(random.nextInt(300) * 1_000_000L);
                    networks.heal();
                    LockSupport.parkNanos(random.nextInt(300) * 1_000_000L);
                }
            }
        }
    }

    private static void cut(Namespaces networks, int from, int to, boolean both) throws Exception {
        if (from != to) {
            networks.cut(from, to);
            if (both) {
                networks.cut(to, from);
            }
        }
    }

    private static void cutQuietly(Namespaces networks, int from, int to) {
        try {
            cut(networks, from, to, false);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
