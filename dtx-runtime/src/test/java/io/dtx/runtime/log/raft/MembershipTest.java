package io.dtx.runtime.log.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Members in processes of their own are added, removed, replaced and restarted one after the other, hand over the leadership and are
 * killed in the middle of it, under an audited load; and however long it goes on, their files and their heaps stay small.
 */
class MembershipTest {

    private static final int CHANGES = Integer.getInteger("dtx.raft.changes", 1);
    private static final int ROUNDS = Integer.getInteger("dtx.raft.rounds", 1);
    private static final int GROWTH_SECONDS = Integer.getInteger("dtx.raft.growth.seconds", 2);
    private static final long SEED = Long.getLong("dtx.raft.seed", System.nanoTime());
    private static final long KEPT_STEPS = 4_000;

    @TempDir
    Path base;

    private final Random random = new Random(SEED);
    private int kills;

    private enum Change {
        REPLACE,
        TRANSFER,
        ADD,
        REMOVE
    }

    @Test
    void nothing_is_lost_when_members_change_and_are_killed_meanwhile() throws Exception {
        int[] made = new int[Change.values().length];
        try (MemberProcesses cluster = new MemberProcesses(base, 20_000).of(3);
                ProcessLoad load = ProcessLoad.on(cluster)) {
            load.awaitMore(200);
            for (int i = 0; i < CHANGES; i++) {
                Change change = Change.values()[i % made.length];
                make(change, cluster);
                made[change.ordinal()]++;
                load.awaitMore(10);
            }
            load.audit();
            System.out.println("member processes, seed " + SEED + ": " + CHANGES + " changes "
                    + List.of(Change.values()) + Arrays.toString(made) + " with " + kills + " kill -9; "
                    + load.report());
        }
    }

    @Test
    void members_are_restarted_one_after_the_other_under_load_and_stay_small() throws Exception {
        try (MemberProcesses cluster =
                        new MemberProcesses(base, 100_000).thatKeep(KEPT_STEPS).of(3);
                ProcessLoad load = new ProcessLoad(cluster, 8, KEPT_STEPS, 1)) {
            load.awaitMore(200);
            for (int round = 0; round < ROUNDS; round++) {
                for (int id : cluster.ids()) {
                    cluster.stop(id);
                    load.awaitMore(20);
                    cluster.startAll();
                    long index = MemberProcesses.State.of(cluster.handle(cluster.awaitLeader()))
                            .index();
                    TestCluster.await(
                            "member " + id,
                            () -> MemberProcesses.State.of(cluster.handle(id)).index() >= index);
                }
            }
            String restarts = ROUNDS * cluster.ids().size() + " members restarted; worst stall "
                    + load.worstStallMillis() + " ms; ";
            Sizes sizes = new Sizes();
            long end = System.nanoTime() + GROWTH_SECONDS * 1_000_000_000L;
            while (System.nanoTime() < end) {
                load.awaitMore(200);
                LockSupport.parkNanos(GROWTH_SECONDS * 20_000_000L);
                sizes.note(cluster);
            }
            load.audit();
            System.out.println("member processes: " + restarts + sizes + "; " + load.report());
            assertThat(sizes.heapMax).isLessThan(64L << 20);
            assertThat(sizes.filesMax).isLessThan(8L << 20);
        }
    }

    @Test
    void members_that_lag_and_new_members_get_a_snapshot_under_load() throws Exception {
        try (MemberProcesses cluster = new MemberProcesses(base, 20_000).of(3);
                ProcessLoad load = ProcessLoad.on(cluster)) {
            load.awaitMore(50);
            int lagging = cluster.aFollower();
            cluster.kill(lagging);
            load.awaitMore(800);
            cluster.startAll();
            awaitSnapshot(cluster, lagging);
            int added = add(cluster);
            awaitSnapshot(cluster, added);
            load.awaitMore(50);
            load.audit();
            System.out.println(
                    "member processes: snapshots sent to one that lagged and to a new one; " + load.report());
        }
    }

    private static void awaitSnapshot(MemberProcesses cluster, int id) {
        TestCluster.await("snapshot at member " + id, () -> {
            MemberProcesses.State state = MemberProcesses.State.of(cluster.handle(id));
            return state.restores() > 0 && state.index() > 500;
        });
    }

    private void make(Change change, MemberProcesses cluster) throws Exception {
        switch (change) {
            case REPLACE -> {
                int leaving = any(cluster);
                add(cluster);
                remove(cluster, leaving);
            }
            case TRANSFER -> {
                killOne(cluster);
                int to = any(cluster);
                String answer = askLeader(cluster, "transfer " + to);
                assertThat(answer).matches("ok|no .*");
            }
            case ADD -> add(cluster);
            case REMOVE -> remove(cluster, any(cluster));
        }
    }

    private int any(MemberProcesses cluster) {
        List<Integer> ids = cluster.ids();
        return ids.get(random.nextInt(ids.size()));
    }

    private int add(MemberProcesses cluster) throws Exception {
        Member joining = cluster.startJoining();
        until(cluster, "add " + joining, joining.id(), true);
        return joining.id();
    }

    /** As an operator would: not while it leads, and its process ends once it is no member. */
    private void remove(MemberProcesses cluster, int id) throws Exception {
        until(cluster, "remove " + id, id, false);
        cluster.forget(id);
    }

    /** Asks the present leader for a change until it is made; the first time a member is killed meanwhile. */
    private void until(MemberProcesses cluster, String change, int id, boolean member) throws Exception {
        long end = System.nanoTime() + 60_000_000_000L;
        boolean killed = false;
        while (isMember(cluster, id) != member) {
            assertThat(System.nanoTime()).as(change).isLessThan(end);
            int leader = cluster.awaitLeader();
            if (leader == id) {
                askLeader(
                        cluster,
                        "transfer "
                                + cluster.ids().stream()
                                        .filter(each -> each != id)
                                        .findFirst()
                                        .orElseThrow());
            }
            var answer = cluster.handle(leader).ask(change);
            if (!killed) {
                killOne(cluster);
                killed = true;
            }
            answer.handle((told, failure) -> told).join();
        }
    }

    private void killOne(MemberProcesses cluster) throws Exception {
        LockSupport.parkNanos(random.nextInt(100) * 1_000_000L);
        cluster.kill(any(cluster));
        kills++;
        cluster.startAll();
    }

    private static boolean isMember(MemberProcesses cluster, int id) throws InterruptedException {
        String members = askLeader(cluster, "members");
        while (!members.matches("[0-9,]+")) {
            members = askLeader(cluster, "members"); // it has just lost the leadership
        }
        return List.of(members.split(",")).contains(String.valueOf(id));
    }

    private static String askLeader(MemberProcesses cluster, String question) throws InterruptedException {
        while (true) {
            try {
                return cluster.handle(cluster.awaitLeader()).answer(question);
            } catch (IOException | NullPointerException e) {
                LockSupport.parkNanos(1_000_000); // it was killed meanwhile
            }
        }
    }

    /** What was the most that members held. */
    private static final class Sizes {

        private long heapMax;
        private long filesMax;
        private int samples;
        private String last = "";

        void note(MemberProcesses cluster) throws IOException, InterruptedException {
            for (MemberHandle each : cluster.running()) {
                last = each.answer("size");
                String[] words = last.split(" ");
                heapMax = Math.max(heapMax, Long.parseLong(words[0]));
                filesMax = Math.max(filesMax, Long.parseLong(words[1]));
                samples++;
            }
        }

        @Override
        public String toString() {
            return "in " + samples + " samples of a member at most " + (heapMax >> 10)
                    + " KiB of heap in use after a collection and " + (filesMax >> 10) + " KiB of files; the last one: "
                    + last;
        }
    }
}
