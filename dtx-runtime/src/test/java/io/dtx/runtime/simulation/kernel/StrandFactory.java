package io.dtx.runtime.simulation.kernel;

/** What {@link java.util.concurrent.ThreadFactory} becomes. */
@FunctionalInterface
public interface StrandFactory {

    /** As {@link java.util.concurrent.ThreadFactory#newThread}. */
    Strand newThread(Runnable task);
}
