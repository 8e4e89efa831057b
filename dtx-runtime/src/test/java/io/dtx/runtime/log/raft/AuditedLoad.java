package io.dtx.runtime.log.raft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dtx.TransactionId;
import io.dtx.runtime.log.AppendUnknownException;
import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.SessionBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Writers that append steps and repeat whatever is unknown, and readers that wait for a barrier and then look for what had been
 * acknowledged before. In the end every acknowledged step is at every member, with what it carried.
 */
final class AuditedLoad implements AutoCloseable {

    private static final TransactionId ID = new TransactionId(1, 1, 1);

    private final TestCluster cluster;
    private final List<Thread> threads = new ArrayList<>();
    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicLong nextStep = new AtomicLong();
    private final AtomicLong lastAcknowledged = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();
    private final AtomicLong barriers = new AtomicLong();
    private final AtomicLong refusedBarriers = new AtomicLong();
    private final AtomicLong worstStallNanos = new AtomicLong();
    private volatile long lastProgress = System.nanoTime();
    private volatile boolean ended;

    AuditedLoad(TestCluster cluster, int writers, int readers) {
        this.cluster = cluster;
        for (int i = 0; i < writers; i++) {
            threads.add(new Thread(this::write, "test-writer"));
        }
        for (int i = 0; i < readers; i++) {
            threads.add(new Thread(this::read, "test-reader"));
        }
        threads.forEach(Thread::start);
    }

    long acknowledgedCount() {
        return acknowledged.size();
    }

    long barriersPassed() {
        return barriers.get();
    }

    /** Waits for so many more acknowledged steps. */
    void awaitMore(int count) {
        long target = acknowledged.size() + (long) count;
        TestCluster.await(count + " more steps", () -> acknowledged.size() >= target || !cluster.wrong.isEmpty());
    }

    private void write() {
        while (!ended) {
            long step = nextStep.incrementAndGet();
            while (!ended && !append(step)) {
                LockSupport.parkNanos(2_000_000);
            }
        }
    }

    private boolean append(long step) {
        int leader = cluster.leader();
        if (leader == 0) {
            return false;
        }
        try {
            LogCommand finish = new LogCommand.FinishStep(ID, step, content(step));
            long index = cluster.life(leader)
                    .log()
                    .append(List.of(new SessionBatch(1, 1, 1, List.of(finish))))
                    .get(20, TimeUnit.SECONDS);
            assertTrue(index > 0);
            acknowledged.add(step);
            lastAcknowledged.accumulateAndGet(step, Math::max);
            progress();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AppendUnknownException) {
                unknown.incrementAndGet();
            } else if (!(e.getCause() instanceof LogUnavailableException)) {
                cluster.wrong.add("append: " + e.getCause());
            }
        } catch (TimeoutException e) {
            cluster.wrong.add("an append was never answered");
        } catch (InterruptedException | NullPointerException e) { // the leader went down between two looks
            return false;
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
            List<TestCluster.Life> running = cluster.running();
            long expected = lastAcknowledged.get();
            if (running.isEmpty() || expected == 0) {
                LockSupport.parkNanos(1_000_000);
                continue;
            }
            TestCluster.Life asked = running.get(random.nextInt(running.size()));
            try {
                asked.log().readBarrier().get(20, TimeUnit.SECONDS);
                Payload place = asked.replica().place(expected);
                barriers.incrementAndGet();
                if (place == null && acknowledged.contains(expected)) {
                    cluster.wrong.add("stale read of step " + expected + " at "
                            + asked.log().self());
                }
            } catch (ExecutionException | CompletionException | LogUnavailableException e) {
                refusedBarriers.incrementAndGet();
            } catch (IllegalStateException e) { // it is going down
                refusedBarriers.incrementAndGet();
            } catch (TimeoutException e) {
                cluster.wrong.add("a barrier was never answered");
            } catch (InterruptedException e) {
                return;
            }
            LockSupport.parkNanos(500_000);
        }
    }

    /** Ends the load, and compares everything with every member. */
    void audit() throws InterruptedException {
        ended = true;
        for (Thread each : threads) {
            each.join();
        }
        cluster.assertSame();
        for (TestCluster.Life each : cluster.running()) {
            for (long step : acknowledged) {
                assertNotNull(each.replica().place(step), () -> "step " + step + " was acknowledged and is lost");
            }
            each.replica()
                    .steps()
                    .forEach((step, place) ->
                            assertArrayEquals(content(step), each.log().read(place)));
        }
        assertEquals(List.of(), cluster.wrong);
    }

    String report() {
        return acknowledged.size() + " entries acknowledged, " + unknown + " unknown and repeated, " + barriers
                + " barriers passed, " + refusedBarriers + " refused, worst stall "
                + worstStallNanos.get() / 1_000_000 + " ms; lost 0, stale 0, different 0";
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        for (Thread each : threads) {
            each.join();
        }
    }

    private static byte[] content(long step) {
        byte[] bytes = new byte[(int) (step % 997 == 0 ? 1_200_000 : 20 + step % 200)];
        new Random(step).nextBytes(bytes);
        return bytes;
    }
}
