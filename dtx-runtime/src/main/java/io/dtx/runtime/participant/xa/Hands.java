package io.dtx.runtime.participant.xa;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What works for the branches of transactions, beside the thread of each, while few transactions end at the same time: with many,
 * the processors have enough to do, and a thread that is woken gains less than its waking costs all others. Thread-safe.
 */
final class Hands {

    private final Executor workers;
    private final int endingMax;
    private final AtomicInteger ending = new AtomicInteger();

    /**
     * Lends these.
     *
     * @param endingMax how many transactions may end at the same time for one of them to be lent any; 0: none ever is
     */
    Hands(Executor workers, int endingMax) {
        this.workers = workers;
        this.endingMax = endingMax;
    }

    /** A transaction begins to end. */
    void begins() {
        ending.incrementAndGet();
    }

    /** A transaction has ended. */
    void ended() {
        ending.decrementAndGet();
    }

    /** Returns what may work now, or null: each branch then waits until it is asked. */
    @Nullable
    Executor free() {
        return ending.get() > endingMax ? null : workers;
    }
}
