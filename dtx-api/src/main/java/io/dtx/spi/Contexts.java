package io.dtx.spi;

import io.dtx.StepContext;
import io.dtx.TransactionContext;
import org.jspecify.annotations.Nullable;

/** Which transaction and step a thread is in. The runtime sets them around every call; everybody may ask. */
public final class Contexts {

    private static final ThreadLocal<@Nullable TransactionContext> TRANSACTION = new ThreadLocal<>();
    private static final ThreadLocal<@Nullable StepContext> STEP = new ThreadLocal<>();

    private Contexts() {}

    /** Returns the current thread's transaction, or null outside of one. */
    public static @Nullable TransactionContext transaction() {
        return TRANSACTION.get();
    }

    /** Returns the current thread's step or compensation, or null outside of them. */
    public static @Nullable StepContext step() {
        return STEP.get();
    }

    /** Puts the current thread into a transaction, or with null out of it. */
    public static void transaction(@Nullable TransactionContext context) {
        TRANSACTION.set(context);
    }

    /** Puts the current thread into a step or compensation, or with null out of it. */
    public static void step(@Nullable StepContext context) {
        STEP.set(context);
    }
}
