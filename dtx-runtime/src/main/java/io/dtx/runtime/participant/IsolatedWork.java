package io.dtx.runtime.participant;

/**
 * Work that an object-relational mapper does outside of the thread's transaction, on a connection of its own: it takes numbers from
 * a table of generated ids, and commits them whatever becomes of the step, or of the ATOMIC transaction. The one case in which
 * either uses a second connection.
 */
public final class IsolatedWork {

    private static final ThreadLocal<Boolean> RUNNING = ThreadLocal.withInitial(() -> false);

    private IsolatedWork() {}

    /** Returns whether the current thread does such work now. */
    public static boolean isRunning() {
        return RUNNING.get();
    }

    /** The current thread begins such work; {@link #end} follows. */
    public static void begin() {
        RUNNING.set(true);
    }

    /** The current thread has done it. */
    public static void end() {
        RUNNING.set(false);
    }
}
