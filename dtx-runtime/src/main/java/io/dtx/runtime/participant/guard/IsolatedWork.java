package io.dtx.runtime.participant.guard;

/**
 * Work that an object-relational mapper does outside of the step's transaction, on a connection of its own: it takes numbers from
 * a table of generated ids, and commits them whatever becomes of the step. The one case in which a step uses a second connection.
 */
final class IsolatedWork {

    private static final ThreadLocal<Boolean> RUNNING = ThreadLocal.withInitial(() -> false);

    private IsolatedWork() {}

    /** Returns whether the current thread does such work now. */
    static boolean isRunning() {
        return RUNNING.get();
    }

    /** The current thread begins such work; {@link #end} follows. */
    static void begin() {
        RUNNING.set(true);
    }

    static void end() {
        RUNNING.set(false);
    }
}
