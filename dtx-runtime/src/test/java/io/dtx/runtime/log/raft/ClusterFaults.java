package io.dtx.runtime.log.raft;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What happens to three members while their log is used: one fault after the other, from the beginning to the end, each mended before
 * the next. The first member is cut off and loses the leadership, but is never killed, for somebody looks at its replica.
 */
final class ClusterFaults {

    private static final int LASTS_MILLIS = 300;
    private static final int BETWEEN_MILLIS = 200;

    enum Fault {
        ISOLATE_FIRST,
        FIRST_HEARS_NOTHING,
        FIRST_IS_NOT_HEARD,
        KILL_OTHER,
        KILL_OTHER_THAT_LEADS,
        LEADERSHIP_MOVES,
        LOSS,
        DELAY
    }

    private final Random random;
    private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
    private @Nullable Thread thread;
    private volatile boolean ended;
    private volatile @Nullable RuntimeException failure;

    ClusterFaults(long seed) {
        this.random = new Random(seed);
    }

    void begin(FollowedCluster cluster) {
        ended = false;
        thread = new Thread(() -> run(cluster), "test-faults");
        thread.start();
    }

    /** Returns when the last fault is mended. */
    void end() {
        ended = true;
        boolean interrupted = false;
        Thread running = Objects.requireNonNull(thread);
        while (running.isAlive()) {
            try {
                running.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** How often each has happened. */
    Map<Fault, Integer> struck() {
        return struck;
    }

    private void run(FollowedCluster cluster) {
        try {
            while (!ended) {
                Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
                strike(fault, cluster, 2 + random.nextInt(2));
                struck.merge(fault, 1, Integer::sum);
                pause(BETWEEN_MILLIS);
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void strike(Fault fault, FollowedCluster cluster, int other) {
        LocalNetwork network = cluster.network();
        List<String> addresses = cluster.members().stream().map(Member::address).toList();
        String first = addresses.get(0);
        switch (fault) {
            case ISOLATE_FIRST -> network.isolate(first, addresses);
            case FIRST_HEARS_NOTHING -> addresses.forEach(each -> network.cut(each, first));
            case FIRST_IS_NOT_HEARD -> addresses.forEach(each -> network.cut(first, each));
            case KILL_OTHER -> killFor(cluster, other);
            case KILL_OTHER_THAT_LEADS -> {
                cluster.letLead(other);
                pause(LASTS_MILLIS);
                killFor(cluster, other);
            }
            case LEADERSHIP_MOVES -> cluster.letLead(other);
            case LOSS -> network.lose(0.3);
            case DELAY -> network.delay(30);
        }
        pause(LASTS_MILLIS);
        network.heal();
    }

    private void killFor(FollowedCluster cluster, int other) {
        cluster.kill(other);
        pause(LASTS_MILLIS);
        cluster.startAgain(other);
    }

    private void pause(int millisMax) {
        LockSupport.parkNanos(random.nextInt(millisMax) * 1_000_000L);
    }
}
