package io.dtx.runtime.participant.xa;

import io.dtx.runtime.participant.JoinedWork;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The work of object-relational mappers in the open transactions. Thread-safe. */
final class OpenWork implements JoinedWork {

    private final Supplier<OpenTransactions> open;

    /** Speaks of the transactions of somebody who has been started by the time of the first question. */
    OpenWork(Supplier<OpenTransactions> open) {
        this.open = open;
    }

    @Override
    public Object transactionManager() {
        return open.get().manager();
    }

    @Override
    public int status() {
        try {
            return open.get().manager().getStatus();
        } catch (SystemException e) {
            throw unanswered(e);
        }
    }

    @Override
    public boolean isOpen() {
        return current() != null;
    }

    @Override
    public boolean mayJoin() {
        return isOpen() && status() == Status.STATUS_ACTIVE;
    }

    @Override
    public void join(Object synchronization) {
        open.get().synchronizations().registerInterposedSynchronization((Synchronization) synchronization);
    }

    @Override
    public @Nullable AutoCloseable held(Object key) {
        OpenTransaction transaction = current();
        return transaction == null ? null : transaction.held(key);
    }

    @Override
    public void hold(Object key, AutoCloseable work) {
        OpenTransaction transaction = current();
        if (transaction == null) {
            throw new IllegalStateException("DTX-3561 the transaction ended while work began in it.");
        }
        transaction.hold(key, work);
    }

    private @Nullable OpenTransaction current() {
        try {
            return open.get().current();
        } catch (SystemException e) {
            throw unanswered(e);
        }
    }

    private static IllegalStateException unanswered(SystemException e) {
        return new IllegalStateException("DTX-3535 the transaction manager does not answer", e);
    }
}
