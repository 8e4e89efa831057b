package io.dtx.runtime.invoke;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * An executor whose tasks are in the transaction of the thread that hands them over. What the executor refuses, or hands back as it got
 * it when it is shut down, no transaction waits for.
 */
public final class CarryingExecutor extends AbstractExecutorService {

    private final ExecutorService executor;

    private CarryingExecutor(ExecutorService executor) {
        this.executor = executor;
    }

    /** Returns an executor that hands its tasks to this one. */
    public static Executor over(Executor executor) {
        return task -> execute(executor, task);
    }

    /** Returns an executor service that hands its tasks to this one, and is shut down with it. */
    public static ExecutorService over(ExecutorService executor) {
        return new CarryingExecutor(executor);
    }

    @Override
    public void execute(Runnable task) {
        execute(executor, task);
    }

    private static void execute(Executor executor, Runnable task) {
        CarriedTask carried = CarriedTask.of(task);
        try {
            executor.execute(carried);
        } catch (Throwable refused) {
            carried.abandon();
            throw refused;
        }
    }

    @Override
    public void shutdown() {
        executor.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return executor.shutdownNow().stream().map(CarryingExecutor::handedBack).toList();
    }

    private static Runnable handedBack(Runnable task) {
        if (task instanceof CarriedTask carried) {
            carried.abandon();
            return carried.task();
        }
        return task;
    }

    @Override
    public boolean isShutdown() {
        return executor.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return executor.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return executor.awaitTermination(timeout, unit);
    }
}
