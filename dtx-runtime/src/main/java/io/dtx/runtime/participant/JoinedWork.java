package io.dtx.runtime.participant;

import org.jspecify.annotations.Nullable;

/**
 * The ATOMIC transaction of a thread, for an object-relational mapper that works in it. JTA's types stand here as objects: they are
 * on the class path of those only who have XA resources. Each method is about the current thread's transaction. Thread-safe.
 */
public interface JoinedWork {

    /** Returns the {@code jakarta.transaction.TransactionManager}. */
    Object transactionManager();

    /** Returns the thread's status, a constant of {@code jakarta.transaction.Status}. */
    int status();

    /** Returns whether the thread is in an ATOMIC transaction whose work has not ended, also if it can only roll back. */
    boolean isOpen();

    /** Returns whether {@link #join} is possible: the transaction can still commit. */
    boolean mayJoin();

    /**
     * Lets somebody hear of the transaction's completion, after those of the application have heard of it.
     *
     * @param synchronization a {@code jakarta.transaction.Synchronization}
     */
    void join(Object synchronization);

    /** Returns what the transaction holds under a key, null for nothing. */
    @Nullable
    AutoCloseable held(Object key);

    /** Lets the transaction hold something. When it has ended, the thread that began it closes that. */
    void hold(Object key, AutoCloseable work);
}
