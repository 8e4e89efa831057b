package io.dtx.runtime.simulation.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.TimeUnit;

/** What a {@link java.util.concurrent.ThreadPoolExecutor} without a queue becomes: whoever asks above its width works. */
public final class SimulatedWorkers extends AbstractExecutorService {

    private final StrandFactory factory;
    private final int width;
    private final List<Strand> working = new ArrayList<>();
    private boolean shutdown;

    /** As {@link java.util.concurrent.ThreadPoolExecutor}'s. */
    public SimulatedWorkers(
            int core,
            int width,
            long idle,
            TimeUnit unit,
            BlockingQueue<Runnable> queue,
            StrandFactory factory,
            RejectedExecutionHandler handler) {
        this.factory = factory;
        this.width = width;
    }

    @Override
    public void execute(Runnable task) {
        Kernel.point();
        working.removeIf(Strand::isDone);
        if (shutdown || working.size() >= width) {
            task.run();
        } else {
            Strand worker = factory.newThread(task);
            working.add(worker);
            worker.start();
        }
    }

    @Override
    public void shutdown() {
        shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown && working.stream().allMatch(Strand::isDone);
    }

    @Override
    public boolean awaitTermination(long time, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }
}
