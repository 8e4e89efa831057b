package io.dtx.examples.bank;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** What a transaction has added to an account. Cash comes from outside of the bank, or goes there. */
@Entity
public class Posting {
    @Id
    private long id;

    private long transaction;

    private int customer;

    private long cents;

    private boolean cash;

    /** Is called by the mapper. */
    protected Posting() {}

    Posting(long transaction, int leg, int customer, long cents, boolean cash) {
        this.id = id(transaction, leg);
        this.transaction = transaction;
        this.customer = customer;
        this.cents = cents;
        this.cash = cash;
    }

    /** Returns the identity of one of the at most two postings that a transaction makes in a database. */
    static long id(long transaction, int leg) {
        return 2 * transaction + leg;
    }

    /** Returns such as {@code posting 34 of 17: 500 for customer 3 in cash}. */
    @Override
    public String toString() {
        return "posting " + id + " of " + transaction + ": " + cents + " for customer " + customer
                + (cash ? " in cash" : "");
    }

    int customer() {
        return customer;
    }

    long cents() {
        return cents;
    }
}
