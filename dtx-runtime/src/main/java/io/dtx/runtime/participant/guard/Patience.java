package io.dtx.runtime.participant.guard;

import java.util.concurrent.ThreadLocalRandom;

/** Pauses between attempts, longer each time, until a deadline. */
final class Patience {

    private static final long FIRST_MILLIS = 5;
    private static final long LONGEST_MILLIS = 250;

    private final long deadlineNanos;
    private long pauseMillis = FIRST_MILLIS;

    /** Creates it for a {@link System#nanoTime()}. */
    Patience(long deadlineNanos) {
        this.deadlineNanos = deadlineNanos;
    }

    /** Waits a little; returns false at once when the deadline has passed or the thread is interrupted. */
    boolean pause() {
        if (System.nanoTime() - deadlineNanos >= 0) {
            return false;
        }
        try {
            Thread.sleep(pauseMillis + ThreadLocalRandom.current().nextLong(pauseMillis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        pauseMillis = Math.min(2 * pauseMillis, LONGEST_MILLIS);
        return true;
    }
}
