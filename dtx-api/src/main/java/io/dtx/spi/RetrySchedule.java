package io.dtx.spi;

/**
 * How often and how soon something is tried again; see {@link io.dtx.StepRetry}.
 *
 * @param maxAttempts attempts in all, at least 1
 * @param delayMillis the first delay, at least 0
 * @param multiplier what it grows by after each attempt, at least 1
 * @param maxDelayMillis the longest delay
 * @param jitter the part of the delay by which it varies, 0 to 1
 */
public record RetrySchedule(int maxAttempts, long delayMillis, double multiplier, long maxDelayMillis, double jitter) {

    /** A live step's default: tried once. */
    public static final RetrySchedule LIVE = new RetrySchedule(1, 100, 2, 5_000, 0.2);

    /** A compensation's default: tried 120 times, then parked. */
    public static final RetrySchedule COMPENSATION = new RetrySchedule(120, 100, 2, 5_000, 0.2);

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if a part is outside its range
     */
    public RetrySchedule {
        if (maxAttempts < 1
                || delayMillis < 0
                || !(multiplier >= 1)
                || maxDelayMillis < 0
                || !(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException(
                    "no retry schedule: maxAttempts " + maxAttempts + ", delay " + delayMillis + " ms, multiplier "
                            + multiplier + ", maxDelay " + maxDelayMillis + " ms, jitter " + jitter);
        }
    }

    /**
     * Returns the delay after a failed attempt: the same for the same arguments, in every process.
     *
     * @param attempt the attempt that failed, from 1
     * @param seed names the call: a hash of transaction and step
     */
    public long delayMillisAfter(int attempt, long seed) {
        double plain = Math.min(maxDelayMillis, delayMillis);
        for (int i = 1;
                i < attempt && i < 1_000 && plain < maxDelayMillis;
                i++) { // a loop: Math.pow differs by platform
            plain = Math.min(maxDelayMillis, plain * multiplier);
        }
        long mixed = (seed ^ attempt) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
        double unit = ((mixed ^ (mixed >>> 32)) >>> 11) * 0x1p-53; // 0 <= unit < 1
        return Math.round(plain * (1 + jitter * (2 * unit - 1)));
    }
}
