package io.dtx.runtime.participant.guard.checker;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A thread of work that stops before each of its statements until it is its turn. */
final class Actor {

    private static final ThreadLocal<@Nullable Actor> CURRENT = new ThreadLocal<>();

    private final UnaryOperator<String> rewrite;
    private final Work work;
    private volatile @Nullable Duel duel;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Thread thread;
    private int number;

    /** Creates it with what is done to its statements. */
    Actor(UnaryOperator<String> rewrite, Work work) {
        this.rewrite = rewrite;
        this.work = work;
    }

    /** Returns the actor of the current thread. */
    static @Nullable Actor current() {
        return CURRENT.get();
    }

    /** Does the work on the current thread. */
    void run(Duel with, int asNumber) {
        duel = with;
        number = asNumber;
        thread = Thread.currentThread();
        CURRENT.set(this);
        try {
            work.run();
        } catch (Throwable e) {
            failure = e;
        } finally {
            CURRENT.remove();
            with.done(asNumber);
        }
    }

    String rewrite(String sql) {
        return rewrite.apply(sql);
    }

    /** Waits for its turn. */
    void gate() {
        Duel present = duel;
        if (present != null) {
            present.gate(number);
        }
    }

    /**
     * Returns whether its thread waits inside the JVM, or is executing a statement of an embedded database: that one waits for a
     * row of an index by trying again and again.
     */
    boolean isParkedOrTries() {
        Thread present = thread;
        return present != null
                && switch (present.getState()) {
                    case WAITING, TIMED_WAITING, BLOCKED -> true;
                    default ->
                        Arrays.stream(present.getStackTrace())
                                .anyMatch(each -> each.getClassName().equals("org.h2.command.Command"));
                };
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    /** What an actor does. */
    interface Work {
        void run() throws Throwable;
    }
}
