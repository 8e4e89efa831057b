package io.dtx.runtime.invoke;

/**
 * Counts each thread's calls of methods with {@linkplain io.dtx.Sensitive sensitive} values. Once one was made, whatever the
 * thread throws may tell such a value: also another exception, made from the first one's message, also outside of the
 * transaction in which the call was made.
 */
final class SensitiveCalls {

    private static final ThreadLocal<Long> MADE = ThreadLocal.withInitial(() -> 0L);

    private SensitiveCalls() {}

    /** Returns how many the current thread has made. */
    static long made() {
        return MADE.get();
    }

    /** The current thread makes one. */
    static void count() {
        MADE.set(MADE.get() + 1);
    }
}
