package io.dtx.runtime.participant.xa;

import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import org.jspecify.annotations.Nullable;

/** What Narayana's transaction manager becomes under simulation. */
final class SimulatedJta implements TransactionManager {

    private static final ThreadLocal<@Nullable SimulatedTransaction> CURRENT = new ThreadLocal<>();

    private SimulatedJta() {}

    /** As {@link com.arjuna.ats.jta.TransactionManager#transactionManager()}. */
    static TransactionManager transactionManager() {
        return new SimulatedJta();
    }

    /** Returns this thread's transaction. */
    static SimulatedTransaction present() {
        SimulatedTransaction present = CURRENT.get();
        if (present == null) {
            throw new IllegalStateException("there is no transaction");
        }
        return present;
    }

    @Override
    public void begin() {
        CURRENT.set(new SimulatedTransaction());
    }

    @Override
    public void commit() throws RollbackException {
        try {
            present().commit();
        } finally {
            CURRENT.remove();
        }
    }

    @Override
    public void rollback() {
        try {
            present().rollback();
        } finally {
            CURRENT.remove();
        }
    }

    @Override
    public int getStatus() {
        SimulatedTransaction present = CURRENT.get();
        return present == null ? Status.STATUS_NO_TRANSACTION : present.getStatus();
    }

    @Override
    public @Nullable Transaction getTransaction() {
        return CURRENT.get();
    }

    @Override
    public @Nullable Transaction suspend() {
        SimulatedTransaction present = CURRENT.get();
        CURRENT.remove();
        return present;
    }

    @Override
    public void resume(Transaction transaction) {
        CURRENT.set((SimulatedTransaction) transaction);
    }

    @Override
    public void setRollbackOnly() {
        present().setRollbackOnly();
    }

    @Override
    public void setTransactionTimeout(int seconds) {}
}
