package io.dtx.runtime.participant.xa;

import io.dtx.TransactionId;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import java.util.function.BooleanSupplier;

/**
 * Asks, after everything that was to run before completion, whether the transaction may still commit: what ran there may have
 * decided otherwise.
 */
record LastWord(TransactionId transaction, TransactionManager manager, BooleanSupplier refused)
        implements Synchronization {

    @Override
    public void beforeCompletion() {
        if (refused.getAsBoolean()) {
            try {
                manager.setRollbackOnly();
            } catch (SystemException e) {
                throw new IllegalStateException(
                        "DTX-3535 the transaction manager does not answer for " + transaction, e);
            }
        }
    }

    @Override
    public void afterCompletion(int status) {}
}
