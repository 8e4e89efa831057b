package io.dtx.examples.bank;

import io.dtx.DistributedTransaction;
import io.dtx.TransactionMode;
import io.dtx.cdi.Guarded;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

/**
 * Transactions by two-phase commit: plain methods, no compensations. All of them lock savings before checking accounts, and
 * checking accounts in the order of their customers, so that they never wait for each other in a circle.
 */
@ApplicationScoped
@DistributedTransaction(mode = TransactionMode.ATOMIC, timeout = "20s")
public class AtomicBank implements SmallBank {
    @Inject
    @Guarded("savings")
    EntityManager savings;

    @Inject
    @Guarded("checking")
    EntityManager checking;

    @Override
    public long balance(int customer) {
        return Accounts.balance(savings, customer) + Accounts.balance(checking, customer);
    }

    @Override
    public void depositChecking(long number, int customer, long cents) {
        Accounts.cash(checking, number, 0, customer, cents);
    }

    @Override
    public void transactSavings(long number, int customer, long cents) {
        Accounts.require(savings, customer, -cents);
        Accounts.cash(savings, number, 0, customer, cents);
    }

    @Override
    public void amalgamate(long number, int from, int to) {
        long saved = Accounts.locked(savings, from);
        Accounts.move(savings, number, 0, from, -saved);
        lockInOrder(from, to);
        long checked = Accounts.locked(checking, from);
        Accounts.move(checking, number, 0, from, -checked);
        Accounts.move(checking, number, 1, to, saved + checked);
    }

    @Override
    public void writeCheck(long number, int customer, long cents) {
        boolean covered = Accounts.locked(savings, customer) + Accounts.locked(checking, customer) >= cents;
        Accounts.cash(checking, number, 0, customer, covered ? -cents : -cents - 1);
    }

    @Override
    public void sendPayment(long number, int from, int to, long cents) {
        lockInOrder(from, to);
        Accounts.require(checking, from, cents);
        Accounts.move(checking, number, 0, from, -cents);
        Accounts.move(checking, number, 1, to, cents);
    }

    private void lockInOrder(int one, int other) {
        Accounts.locked(checking, Math.min(one, other));
        Accounts.locked(checking, Math.max(one, other));
    }
}
