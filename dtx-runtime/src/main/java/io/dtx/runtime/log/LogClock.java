package io.dtx.runtime.log;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Log time: the last stamp plus the monotonic clock of this process since it leads. It never jumps, never runs backwards, and
 * stands still while nobody leads. Thread-safe.
 */
public final class LogClock {

    private final long lastStamp;
    private final LongSupplier nanos;
    private final long startNanos;

    /** Goes on from the newest stamp in the log; 0 in a new one. */
    public LogClock(long lastStamp) {
        this(lastStamp, System::nanoTime);
    }

    /** Goes on from the newest stamp in the log, by a monotonic clock of one's own. */
    LogClock(long lastStamp, LongSupplier nanos) {
        this.lastStamp = lastStamp;
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
    }

    /** Returns the time now in milliseconds. */
    public long millis() {
        return lastStamp + TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - startNanos);
    }
}
