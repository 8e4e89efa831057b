package io.dtx.runtime.simulation.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a {@link java.util.concurrent.ThreadPoolExecutor} becomes. */
final class SimulatedPool extends AbstractExecutorService {

    private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
    private final List<Strand> idle = new ArrayList<>();
    private final List<Strand> workers = new ArrayList<>();
    private final List<Strand> awaiting = new ArrayList<>(0);
    private final StrandFactory factory;
    private final int width;
    private boolean shutdown;

    SimulatedPool(StrandFactory factory, int width) {
        this.factory = factory;
        this.width = width;
    }

    @Override
    public void execute(Runnable task) {
        Kernel.point();
        if (shutdown) {
            throw new RejectedExecutionException("shut down");
        }
        queue.add(task);
        if (queue.size() > idle.size() && workers.size() < width) {
            Strand worker = factory.newThread(this::work);
            workers.add(worker);
            worker.start();
        } else {
            idle.forEach(each -> each.kernel.wake(each));
        }
    }

    private void work() {
        Strand me = Strand.current();
        try {
            for (Runnable task = next(me); task != null; task = next(me)) {
                task.run();
            }
        } finally {
            workers.remove(me);
            awaiting.forEach(me.kernel::wake);
        }
    }

    private @Nullable Runnable next(Strand me) {
        Kernel.point();
        while (queue.isEmpty() && !shutdown) {
            SimulatedLock.await(me, idle, Long.MAX_VALUE);
        }
        return queue.poll();
    }

    @Override
    public void shutdown() {
        Kernel.point();
        shutdown = true;
        idle.forEach(each -> each.kernel.wake(each));
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        List<Runnable> left = List.copyOf(queue);
        queue.clear();
        List.copyOf(workers).forEach(Strand::interrupt);
        return left;
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown && workers.isEmpty();
    }

    @Override
    public boolean awaitTermination(long time, TimeUnit unit) throws InterruptedException {
        Strand me = Strand.current();
        long end = me.kernel.nanos() + unit.toNanos(time);
        Kernel.point();
        while (!isTerminated() && me.kernel.nanos() < end) {
            me.refuseInterrupted();
            SimulatedLock.await(me, awaiting, end);
        }
        return isTerminated();
    }
}
