package io.dtx.runtime.invoke;

import io.dtx.TransactionContext;
import io.dtx.spi.Contexts;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The saga of a thread, to be carried by tasks that somebody else hands over: a container, which may run a task once, often, or
 * never. So a saga does not wait for tasks that have not begun. A task that begins when the saga is over is in that saga all the same:
 * what it calls of dtx is refused, for it would be in no transaction, or in one of its own. Thread-safe.
 */
public final class CapturedSaga {

    private static final System.Logger LOG = System.getLogger(CapturedSaga.class.getName());

    private final @Nullable TransactionScope saga;
    private final AtomicLong sensitiveCalls;
    private final AtomicBoolean told = new AtomicBoolean(); // a task may be run again and again

    private CapturedSaga(@Nullable TransactionScope saga) {
        this.saga = saga;
        this.sensitiveCalls = SensitiveCalls.counter();
    }

    /** What ends the stay of a thread in a saga; to be called by that thread. */
    @FunctionalInterface
    public interface Stay {
        /** Gives the thread back what it had before. */
        void end();
    }

    /** Takes the current thread's saga; none in a step and in an ATOMIC transaction, whose connections belong to their thread. */
    public static CapturedSaga ofThread() {
        TransactionContext current = Contexts.transaction();
        if (current == null || isBound(current)) {
            return none();
        }
        TransactionScope saga = (TransactionScope) current;
        saga.makeShareable();
        return new CapturedSaga(saga);
    }

    /** Returns whether the current thread has a connection that belongs to it. */
    private static boolean isBound(@Nullable TransactionContext current) {
        return TransactionalGateway.isAtomic(current) || TransactionalGateway.outerStep() != null;
    }

    /** Takes none: who enters is in no transaction. */
    public static CapturedSaga none() {
        return new CapturedSaga(null);
    }

    /**
     * Puts the current thread into the saga, or out of any. A thread in a step or an ATOMIC transaction stays there: its connection
     * would serve what is called all the same, and another transaction must not commit it.
     */
    public Stay enter() {
        TransactionContext before = Contexts.transaction();
        if (isBound(before)) {
            return () -> {};
        }
        boolean counted = saga != null && saga != before && saga.enter();
        if (saga != null && saga != before && !counted && !told.getAndSet(true)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "DTX-2045 a task that carries " + saga.id() + " (" + saga.name() + ") began when that was over: its"
                            + " steps are refused. Wait for tasks before the orchestrating method ends, or hand over"
                            + " outside of it what is to run later.");
        }
        AtomicLong counterBefore = SensitiveCalls.countIn(sensitiveCalls);
        Contexts.transaction(saga);
        return () -> {
            Contexts.transaction(before);
            SensitiveCalls.countIn(counterBefore);
            if (counted && saga != null) {
                saga.leave();
            }
        };
    }
}
