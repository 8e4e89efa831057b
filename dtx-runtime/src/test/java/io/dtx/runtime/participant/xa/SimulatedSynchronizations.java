package io.dtx.runtime.participant.xa;

import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** What Narayana's registry of synchronizations becomes under simulation. */
final class SimulatedSynchronizations implements TransactionSynchronizationRegistry {

    @Override
    public void registerInterposedSynchronization(Synchronization each) {
        SimulatedJta.present().registerSynchronization(each);
    }

    @Override
    public Object getTransactionKey() {
        return SimulatedJta.present();
    }

    @Override
    public int getTransactionStatus() {
        return SimulatedJta.present().getStatus();
    }

    @Override
    public void setRollbackOnly() {
        SimulatedJta.present().setRollbackOnly();
    }

    @Override
    public boolean getRollbackOnly() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void putResource(Object key, Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object getResource(Object key) {
        throw new UnsupportedOperationException();
    }
}
