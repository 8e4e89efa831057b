package io.dtx.runtime.log.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who is begun anew, and who is left alone. */
class WatchdogTest {

    private static final int LOOKS = 60;

    @Test
    void a_leader_with_a_majority_whose_entry_is_never_committed_begins_anew() {
        assertEquals(
                1, restarts(true, TimeUnit.SECONDS.toNanos(1), false, false).size());
    }

    @Test
    void a_leader_without_a_majority_is_left_alone() {
        assertEquals(
                0, restarts(false, TimeUnit.SECONDS.toNanos(1), false, false).size());
    }

    @Test
    void a_follower_that_stays_behind_its_leader_begins_anew() {
        assertEquals(1, restarts(false, 0, true, false).size());
    }

    @Test
    void a_follower_that_is_behind_and_catches_up_is_left_alone() {
        assertEquals(0, restarts(false, 0, true, true).size());
    }

    @Test
    void a_follower_that_is_not_behind_is_left_alone() {
        assertEquals(0, restarts(false, 0, false, false).size());
    }

    /** Until the first restart, or until it has looked often enough. */
    private static List<String> restarts(boolean leads, long oldestNanos, boolean behind, boolean advances) {
        List<String> restarts = new CopyOnWriteArrayList<>();
        AtomicInteger looks = new AtomicInteger();
        Watchdog.Probe probe = new Watchdog.Probe() {
            @Override
            public boolean isPending() {
                return false;
            }

            @Override
            public boolean isBehind() {
                return behind;
            }
        };
        Watchdog.Watched watched = new Watchdog.Watched() {
            @Override
            public boolean leadsMajority() {
                return leads;
            }

            @Override
            public long oldestProposalNanos() {
                return oldestNanos;
            }

            @Override
            public long applied() {
                return advances ? looks.get() : 7;
            }

            @Override
            public Watchdog.Probe probe() {
                looks.incrementAndGet();
                return probe;
            }

            @Override
            public void restart(String why) {
                restarts.add(why);
            }
        };
        try (Watchdog watchdog = new Watchdog(watched, 50)) {
            watchdog.begin();
            TestCluster.await("looks", () -> !restarts.isEmpty() || looks.get() > LOOKS);
        }
        return new ArrayList<>(restarts).subList(0, Math.min(1, restarts.size()));
    }
}
