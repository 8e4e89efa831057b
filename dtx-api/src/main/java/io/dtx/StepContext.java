package io.dtx;

import io.dtx.spi.Contexts;
import java.time.Duration;

/** The step, or the compensation of a step, that the current thread runs. */
public interface StepContext {

    /**
     * Returns the step or compensation that the current thread is in.
     *
     * @throws IllegalStateException outside of steps and compensations; {@link #isActive()} asks
     */
    static StepContext current() {
        StepContext context = Contexts.step();
        if (context == null) {
            throw new IllegalStateException("DTX-2012 no step on thread "
                    + Thread.currentThread().getName() + ": StepContext.current() is for @SagaStep methods and their"
                    + " compensations.");
        }
        return context;
    }

    /** Returns whether the current thread is in a step or in a compensation. */
    static boolean isActive() {
        return Contexts.step() != null;
    }

    /** Returns the id of the step's transaction. */
    TransactionId transactionId();

    /** Returns the step's name, such as {@code StockService.reserve}; in a compensation that of the forward step. */
    String stepName();

    /** Returns which attempt of this call it is, from 1. */
    int attempt();

    /** Returns how long this call may still take; zero once its time is over. */
    Duration remaining();

    /** Returns the forward step's key, in both directions: "cancel <i>that</i> charge". As {@link #idempotencyKey()}. */
    String stepKey();

    /**
     * Returns a key that is the same for every attempt of this call and for no other call: hand it to the receiver, so that it
     * can recognise a repetition. Characters {@code [A-Za-z0-9.-]}, at most 64.
     */
    String idempotencyKey();
}
