package io.dtx.runtime.simulation.kernel;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/** What {@link java.util.concurrent.Executors} becomes. */
public final class SimulatedExecutors {

    private SimulatedExecutors() {}

    /** As {@link java.util.concurrent.Executors#newCachedThreadPool(java.util.concurrent.ThreadFactory)}. */
    public static ExecutorService newCachedThreadPool(StrandFactory factory) {
        return new SimulatedPool(factory, Integer.MAX_VALUE);
    }

    /** As {@link java.util.concurrent.Executors#newFixedThreadPool(int, java.util.concurrent.ThreadFactory)}. */
    public static ExecutorService newFixedThreadPool(int width, StrandFactory factory) {
        return new SimulatedPool(factory, width);
    }

    /** As {@link java.util.concurrent.Executors#newSingleThreadScheduledExecutor(java.util.concurrent.ThreadFactory)}. */
    public static ScheduledExecutorService newSingleThreadScheduledExecutor(StrandFactory factory) {
        return new SimulatedTimer(factory);
    }
}
