package io.dtx.examples.bank;

import io.dtx.DistributedTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Transactions by steps, each in a local transaction of one database, with a compensation. */
@ApplicationScoped
@DistributedTransaction(timeout = "20s")
public class SagaBank implements SmallBank {
    @Inject
    SavingsSteps savings;

    @Inject
    CheckingSteps checking;

    @Override
    public long balance(int customer) {
        return savings.balance(customer) + checking.balance(customer);
    }

    @Override
    public void depositChecking(long number, int customer, long cents) {
        checking.deposit(number, customer, cents);
    }

    @Override
    public void transactSavings(long number, int customer, long cents) {
        savings.transact(number, customer, cents);
    }

    @Override
    public void amalgamate(long number, int from, int to) {
        long saved = savings.empty(number, from);
        long checked = checking.empty(number, from);
        checking.receive(number, to, saved + checked);
    }

    @Override
    public void writeCheck(long number, int customer, long cents) {
        long saved = savings.balance(customer);
        checking.check(number, customer, cents, saved);
    }

    @Override
    public void sendPayment(long number, int from, int to, long cents) {
        checking.send(number, from, cents);
        checking.receive(number, to, cents);
    }
}
