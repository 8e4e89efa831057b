package io.dtx;

import io.dtx.spi.Contexts;
import java.time.Duration;

/**
 * The transaction that the current thread works in. Bound to its thread: not to be handed to another one, except with a task, by
 * {@code Dtx.propagating(executor)}.
 */
public interface TransactionContext {

    /**
     * Returns the current thread's transaction.
     *
     * @throws IllegalStateException outside a transaction; {@link #isActive()} asks
     */
    static TransactionContext current() {
        TransactionContext context = Contexts.transaction();
        if (context == null) {
            throw new IllegalStateException("DTX-2010 no transaction on thread "
                    + Thread.currentThread().getName()
                    + ": call this from a @DistributedTransaction method, on the same"
                    + " thread, or ask TransactionContext.isActive() first.");
        }
        return context;
    }

    /** Returns whether the current thread is in a transaction. */
    static boolean isActive() {
        return Contexts.transaction() != null;
    }

    /** Returns the transaction's id. */
    TransactionId id();

    /** Returns the transaction's name, such as {@code OrderService.place}. */
    String name();

    /** Returns how the steps become one. */
    TransactionMode mode();

    /** Returns how long the transaction may still stay undecided; zero once its time is over. */
    Duration remaining();

    /**
     * Makes sure that the transaction cannot commit. Steps that start later throw {@link TransactionAbortedException}, and so
     * does the transaction's method if it returns.
     *
     * @param reason kept in the transaction's history, on one line of at most 500 characters
     */
    void setRollbackOnly(String reason);

    /** Returns whether the transaction can only roll back. */
    boolean isRollbackOnly();
}
