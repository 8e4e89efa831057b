package io.dtx.examples.bank;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** What a customer has in the database that it stands in: savings, or a checking account. */
@Entity
public class Account {
    @Id
    private int customer;

    private long balance;

    /** Is called by the mapper. */
    protected Account() {}

    long balance() {
        return balance;
    }

    void add(long cents) {
        balance += cents;
    }

    /** Returns such as {@code customer 3 has 10000}. */
    @Override
    public String toString() {
        return "customer " + customer + " has " + balance;
    }
}
