package io.dtx.runtime.invoke;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts each thread's calls of methods with {@linkplain io.dtx.Sensitive sensitive} values. Once one was made, whatever the
 * thread throws may tell such a value: also another exception, made from the first one's message, also outside of the
 * transaction in which the call was made. A task counts for the thread that handed it over, which throws what the task threw.
 */
final class SensitiveCalls {

    private static final ThreadLocal<AtomicLong> MADE = ThreadLocal.withInitial(AtomicLong::new);

    private SensitiveCalls() {}

    /** Returns how many the current thread has made. */
    static long made() {
        return MADE.get().get();
    }

    /** The current thread makes one. */
    static void count() {
        MADE.get().incrementAndGet();
    }

    /** Returns the current thread's counter. */
    static AtomicLong counter() {
        return MADE.get();
    }

    /** Has the current thread count in this one, and returns the one before. */
    static AtomicLong countIn(AtomicLong counter) {
        AtomicLong before = MADE.get();
        MADE.set(counter);
        return before;
    }
}
