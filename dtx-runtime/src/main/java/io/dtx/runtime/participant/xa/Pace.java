package io.dtx.runtime.participant.xa;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a resource manager takes to answer one kind of call, lately. It is taken for slow until it has shown that it is not.
 * Thread-safe; when two answers come at the same time, one of them may not count.
 */
final class Pace {

    /** What a call must take for another thread to be worth its waking: that costs about as much. */
    private static final long SLOW_NANOS = 100_000;

    private static final int REMEMBERED = 8;
    private static final long COUNTED_NANOS_MAX = REMEMBERED * SLOW_NANOS; // one pause alone makes nobody slow

    private final AtomicLong average = new AtomicLong(COUNTED_NANOS_MAX);

    boolean isSlow() {
        return average.get() > SLOW_NANOS;
    }

    /** A call has been answered. */
    void answered(long nanos) {
        long before = average.get();
        average.lazySet(before + (Math.min(nanos, COUNTED_NANOS_MAX) - before) / REMEMBERED);
    }

    /** A resource's two calls that branches wait for. */
    record OfResource(Pace prepare, Pace commit) {

        OfResource() {
            this(new Pace(), new Pace());
        }
    }
}
