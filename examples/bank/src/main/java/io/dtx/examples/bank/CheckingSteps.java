package io.dtx.examples.bank;

import io.dtx.SagaStep;
import io.dtx.cdi.Guarded;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

/** What is done to checking accounts. */
@ApplicationScoped
public class CheckingSteps {
    @Inject
    @Guarded("checking")
    EntityManager checking;

    /** Returns what is there. */
    @SagaStep(compensate = SagaStep.NONE, resource = "checking")
    public long balance(int customer) {
        return Accounts.balance(checking, customer);
    }

    /** Adds cash. */
    @SagaStep(compensate = "takeBack", resource = "checking")
    public void deposit(long number, int customer, long cents) {
        Accounts.cash(checking, number, 0, customer, cents);
    }

    /** Pays a check, which costs one cent more if the accounts do not cover it. */
    @SagaStep(compensate = "takeBack", resource = "checking")
    public void check(long number, int customer, long cents, long saved) {
        boolean covered = saved + Accounts.locked(checking, customer) >= cents;
        Accounts.cash(checking, number, 0, customer, covered ? -cents : -cents - 1);
    }

    /** Takes all to move it; returns how much it was. */
    @SagaStep(compensate = "takeBack", resource = "checking")
    public long empty(long number, int customer) {
        long checked = Accounts.locked(checking, customer);
        Accounts.move(checking, number, 0, customer, -checked);
        return checked;
    }

    /** Takes some to move it; see {@link RejectedException}. */
    @SagaStep(compensate = "takeBack", resource = "checking")
    public void send(long number, int customer, long cents) {
        Accounts.require(checking, customer, cents);
        Accounts.move(checking, number, 0, customer, -cents);
    }

    void takeBack(long number) {
        Accounts.takeBack(checking, number, 0);
    }

    /** Adds what was taken elsewhere. */
    @SagaStep(compensate = "giveBack", resource = "checking")
    public void receive(long number, int customer, long cents) {
        Accounts.move(checking, number, 1, customer, cents);
    }

    void giveBack(long number) {
        Accounts.takeBack(checking, number, 1);
    }
}
