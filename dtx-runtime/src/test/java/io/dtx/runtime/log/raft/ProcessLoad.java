package io.dtx.runtime.log.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Writers that repeat each step until it is acknowledged, and readers that ask any member, also one that stands still at the
 * moment, for what had been acknowledged before they asked. In the end every acknowledged step is in the log of every member.
 */
final class ProcessLoad implements AutoCloseable {

    private final MemberProcesses cluster;
    private final long keep;
    private final long pauseNanos;
    private final List<Thread> threads = new ArrayList<>();
    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong nextStep = new AtomicLong();
    private final AtomicLong lastAcknowledged = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong refusedReads = new AtomicLong();
    private final AtomicLong worstStallNanos = new AtomicLong();
    private volatile long lastProgress = System.nanoTime();
    private volatile boolean ended;

    /**
     * Begins.
     *
     * @param keep how many of the last steps the members keep
     * @param pauseMillis between two steps of a writer
     */
    ProcessLoad(MemberProcesses cluster, int writers, long keep, int pauseMillis) {
        this.cluster = cluster;
        this.keep = keep;
        this.pauseNanos = pauseMillis * 1_000_000L;
        for (int i = 0; i < writers; i++) {
            threads.add(new Thread(this::write, "test-writer"));
        }
        threads.add(new Thread(this::read, "test-reader"));
        threads.forEach(Thread::start);
    }

    /** Begins a load of moderate speed on members that keep everything. */
    static ProcessLoad on(MemberProcesses cluster) {
        return new ProcessLoad(cluster, 4, Long.MAX_VALUE, 3);
    }

    long acknowledgedCount() {
        return count.get();
    }

    long worstStallMillis() {
        return worstStallNanos.get() / 1_000_000;
    }

    void awaitMore(int more) {
        long target = count.get() + more;
        TestCluster.await(more + " more steps", () -> count.get() >= target || !cluster.wrong.isEmpty());
    }

    private void write() {
        while (!ended) {
            long step = nextStep.incrementAndGet();
            while (!ended && !append(step)) {
                LockSupport.parkNanos(5_000_000);
            }
            LockSupport.parkNanos(pauseNanos);
        }
    }

    private boolean append(long step) {
        int leader = cluster.leader();
        if (leader == 0) {
            return false;
        }
        String answer = "unknown";
        try {
            answer = cluster.handle(leader).ask("append " + step).get(2, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | NullPointerException e) {
            unknown.incrementAndGet(); // it was killed or stands still, with the step or without
        } catch (InterruptedException e) {
            return false;
        }
        if (answer.equals("ok")) {
            acknowledged.add(step);
            count.incrementAndGet();
            lastAcknowledged.accumulateAndGet(step, Math::max);
            if (keep < Long.MAX_VALUE) {
                acknowledged.remove(step - 2 * keep);
            }
            progress();
            return true;
        }
        if (answer.startsWith("unknown ")) {
            unknown.incrementAndGet();
        } else if (answer.startsWith("failed")) {
            cluster.wrong.add("append: " + answer);
        }
        return false;
    }

    private void progress() {
        long now = System.nanoTime();
        worstStallNanos.accumulateAndGet(now - lastProgress, Math::max);
        lastProgress = now;
    }

    private void read() {
        Random random = ThreadLocalRandom.current();
        while (!ended) {
            List<MemberHandle> running = cluster.running();
            if (!running.isEmpty()) {
                readFrom(running.get(random.nextInt(running.size())));
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** Asks a member for the last step that was acknowledged; whenever the answer comes, it must be there. */
    void readFrom(MemberHandle asked) {
        long expected = lastAcknowledged.get();
        if (expected == 0 || asked.isBusy()) {
            return;
        }
        var unused = asked.ask("read " + expected).whenComplete((answer, failure) -> {
            if (failure != null || answer.startsWith("no")) {
                refusedReads.incrementAndGet();
            } else if (answer.equals("with")) {
                reads.incrementAndGet();
            } else {
                cluster.wrong.add("stale read of step " + expected + " at " + asked.member() + ": " + answer);
            }
        });
    }

    /** Ends the load, and compares everything with the log of every member. */
    void audit() throws IOException, InterruptedException {
        assertEquals(Map.of(), lost(), "acknowledged, and lost by member");
        assertEquals(List.of(), cluster.wrong);
        assertTrue(reads.get() > 0, "nothing was read");
    }

    /** Ends the load, and returns what was acknowledged and is lost, by member. */
    Map<Integer, Set<Long>> lost() throws IOException, InterruptedException {
        close();
        cluster.startAll();
        cluster.awaitSame();
        long since = Math.max(0, lastAcknowledged.get() - keep + 1_000);
        Map<Integer, Set<Long>> lost = new HashMap<>();
        for (int id : cluster.ids()) {
            Set<Long> missing = new HashSet<>(acknowledged);
            missing.removeIf(step -> keep < Long.MAX_VALUE && step < since);
            cluster.steps(id).forEach(missing::remove);
            if (!missing.isEmpty()) {
                lost.put(id, missing);
            }
        }
        return lost;
    }

    String report() {
        return count + " entries acknowledged, " + unknown + " unknown and repeated, " + reads
                + " reads behind a barrier, " + refusedReads + " refused, worst stall " + worstStallMillis()
                + " ms; lost 0, stale 0, different 0";
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        for (Thread each : threads) {
            each.join();
        }
    }
}
