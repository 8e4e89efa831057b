package io.dtx.runtime.log;

import java.util.concurrent.TimeUnit;

/**
 * Log time: the last stamp plus the monotonic clock of this process since it leads. It never jumps, never runs backwards, and
 * stands still while nobody leads. Thread-safe.
 */
public final class LogClock {

    private final long lastStamp;
    private final long startNanos = System.nanoTime();

    /** Goes on from the newest stamp in the log; 0 in a new one. */
    public LogClock(long lastStamp) {
        this.lastStamp = lastStamp;
    }

    /** Returns the time now in milliseconds. */
    public long millis() {
        return lastStamp + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    }
}
