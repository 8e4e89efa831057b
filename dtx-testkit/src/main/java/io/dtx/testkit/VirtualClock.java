package io.dtx.testkit;

import io.dtx.runtime.coordinator.MonotonicClock;
import java.util.concurrent.atomic.AtomicLong;

/** The machine's clock, and as far ahead of it as the test has jumped: a back-off takes its time at once. Thread-safe. */
final class VirtualClock implements MonotonicClock {

    private final AtomicLong aheadNanos = new AtomicLong();
    private volatile Runnable told = () -> {};

    @Override
    public long nanos() {
        return System.nanoTime() + aheadNanos.get();
    }

    @Override
    public void pause(long nanos) {
        jump(nanos);
    }

    @Override
    public void whenJumped(Runnable listener) {
        told = listener;
    }

    /** Lets so much time pass at once; on return the log has done what became due. */
    void jump(long nanos) {
        aheadNanos.addAndGet(Math.max(0, nanos));
        told.run();
    }
}
