package io.dtx.runtime.participant.guard;

import org.jspecify.annotations.Nullable;

/**
 * The step, compensation or standalone call that the current thread is in: which resource's connection it may use.
 *
 * @param resource the one whose transaction it is
 */
record BoundStep(JdbcResource resource, LocalTransaction transaction) {

    private static final ThreadLocal<@Nullable BoundStep> CURRENT = new ThreadLocal<>();

    static @Nullable BoundStep current() {
        return CURRENT.get();
    }

    /** Binds it to the current thread; {@link #leave} takes it away again. */
    static @Nullable BoundStep enter(BoundStep step) {
        BoundStep outer = CURRENT.get();
        CURRENT.set(step);
        return outer;
    }

    /** Restores what {@link #enter} returned. */
    static void leave(@Nullable BoundStep outer) {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }
}
