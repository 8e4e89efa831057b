package io.dtx.runtime.campaign;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** What the tests of this JVM have tried so far. Thread-safe. */
public final class Tally {

    private static final AtomicLong TRIALS = new AtomicLong();
    private static final AtomicLong EFFECTIVE = new AtomicLong();
    private static final AtomicReference<@Nullable String> SKIPPED = new AtomicReference<>();

    private Tally() {}

    /**
     * Counts faults, once what came of them has been checked.
     *
     * @param trials how many were brought
     * @param effective how many of them met what they were meant for
     */
    public static void add(long trials, long effective) {
        TRIALS.addAndGet(trials);
        EFFECTIVE.addAndGet(effective);
    }

    /** Says why a fault cannot be brought here, and ends the test as skipped. */
    public static <T> T skip(String reason) {
        SKIPPED.set(reason);
        System.out.println("SKIPPED: " + reason);
        return Assumptions.abort(reason);
    }

    static long trials() {
        return TRIALS.get();
    }

    static long effective() {
        return EFFECTIVE.get();
    }

    static @Nullable String skipped() {
        return SKIPPED.get();
    }
}
