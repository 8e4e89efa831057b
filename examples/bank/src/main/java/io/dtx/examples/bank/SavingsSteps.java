package io.dtx.examples.bank;

import io.dtx.SagaStep;
import io.dtx.cdi.Guarded;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

/** What is done to savings. */
@ApplicationScoped
public class SavingsSteps {
    @Inject
    @Guarded("savings")
    EntityManager savings;

    /** Returns what is there. */
    @SagaStep(compensate = SagaStep.NONE, resource = "savings")
    public long balance(int customer) {
        return Accounts.balance(savings, customer);
    }

    /** Adds cash, or takes some; see {@link RejectedException}. */
    @SagaStep(compensate = "takeBack", resource = "savings")
    public void transact(long number, int customer, long cents) {
        Accounts.require(savings, customer, -cents);
        Accounts.cash(savings, number, 0, customer, cents);
    }

    /** Takes all to move it; returns how much it was. */
    @SagaStep(compensate = "takeBack", resource = "savings")
    public long empty(long number, int customer) {
        long saved = Accounts.locked(savings, customer);
        Accounts.move(savings, number, 0, customer, -saved);
        return saved;
    }

    void takeBack(long number) {
        Accounts.takeBack(savings, number, 0);
    }
}
