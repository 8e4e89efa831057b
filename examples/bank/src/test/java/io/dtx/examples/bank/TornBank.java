package io.dtx.examples.bank;

import io.dtx.DistributedTransaction;
import io.dtx.TransactionMode;
import io.dtx.cdi.Guarded;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

/** A bank with a bug: what it moves leaves in one transaction, and the one in which it would arrive is missing. */
@ApplicationScoped
public class TornBank implements SmallBank {
    @Inject
    AtomicBank bank;

    @Inject
    @Guarded("checking")
    EntityManager checking;

    @Override
    public long balance(int customer) {
        return bank.balance(customer);
    }

    @Override
    public void depositChecking(long number, int customer, long cents) {
        bank.depositChecking(number, customer, cents);
    }

    @Override
    public void transactSavings(long number, int customer, long cents) {
        bank.transactSavings(number, customer, cents);
    }

    @Override
    public void amalgamate(long number, int from, int to) {
        send(number, from, 1);
    }

    @Override
    public void writeCheck(long number, int customer, long cents) {
        bank.writeCheck(number, customer, cents);
    }

    @Override
    public void sendPayment(long number, int from, int to, long cents) {
        send(number, from, cents);
    }

    @DistributedTransaction(mode = TransactionMode.ATOMIC)
    void send(long number, int customer, long cents) {
        Accounts.move(checking, number, 0, customer, -cents);
    }
}
