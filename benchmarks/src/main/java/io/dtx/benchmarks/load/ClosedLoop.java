package io.dtx.benchmarks.load;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/** A number of callers, each of which begins its next saga when the last one has ended. One turn at a time. */
final class ClosedLoop implements AutoCloseable {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final int callersMax;
    private final ExecutorService threads;

    ClosedLoop(int callersMax) {
        this.callersMax = callersMax;
        this.threads = Executors.newFixedThreadPool(callersMax);
    }

    /**
     * Lets all callers load a contender.
     *
     * @throws ExecutionException if a saga failed: nothing that was measured would mean anything
     */
    Round turn(Contender contender, long nanos) throws Exception {
        return turn(contender, nanos, callersMax);
    }

    /** Lets so many of the callers load a contender, as {@link #turn(Contender, long)}. */
    Round turn(Contender contender, long nanos, int callers) throws Exception {
        CyclicBarrier gate = new CyclicBarrier(callers + 1);
        List<Future<Histogram>> running = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            running.add(threads.submit(caller(contender, caller, nanos, gate)));
        }
        long cpu = SYSTEM.getProcessCpuTime() + contender.foreignCpuNanos();
        gate.await();
        Histogram all = histogram();
        for (Future<Histogram> each : running) {
            all.add(each.get());
        }
        long cpuNanos = SYSTEM.getProcessCpuTime() + contender.foreignCpuNanos() - cpu;
        return new Round(nanos, all, all.getTotalCount() + callers, cpuNanos);
    }

    private static Callable<Histogram> caller(Contender contender, int caller, long nanos, CyclicBarrier gate) {
        return () -> {
            Histogram latencies = histogram();
            Ledger ledger = contender.ledger();
            gate.await();
            long begun = System.nanoTime();
            long end = begun + nanos;
            while (begun - end < 0) {
                int sequence = ledger.begin(caller);
                contender.saga(caller, sequence);
                ledger.answered(caller, sequence);
                long now = System.nanoTime();
                if (now - end < 0) { // each caller's last saga ends after the turn
                    latencies.recordValue(now - begun);
                }
                begun = now;
            }
            return latencies;
        };
    }

    private static Histogram histogram() {
        return new Histogram(3);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
