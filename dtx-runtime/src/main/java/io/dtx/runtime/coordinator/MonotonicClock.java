package io.dtx.runtime.coordinator;

import java.util.concurrent.locks.LockSupport;

/**
 * The clock that timeouts, back-offs and log time of a process run by. It never goes backwards, and it never falls behind
 * {@link System#nanoTime()}; one that tests make may jump ahead of it. Thread-safe.
 */
public interface MonotonicClock {

    /** The machine's. */
    MonotonicClock SYSTEM = new MonotonicClock() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void pause(long nanos) {
            LockSupport.parkNanos(nanos);
        }

        @Override
        public void whenJumped(Runnable told) {}

        @Override
        public long systemNanos(long moment) {
            return moment;
        }
    };

    /** Returns the time; only differences mean something, as with {@link System#nanoTime()}. */
    long nanos();

    /** Lets the calling thread wait until about so much later; it may return early. */
    void pause(long nanos);

    /** Returns a moment of this clock as {@link System#nanoTime()} will say it, unless the clock jumps before. */
    default long systemNanos(long moment) {
        return System.nanoTime() + (moment - nanos());
    }

    /** Has this called after every jump, on the thread that made it; a clock that does not jump forgets it. */
    void whenJumped(Runnable told);
}
