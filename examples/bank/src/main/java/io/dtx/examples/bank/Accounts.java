package io.dtx.examples.bank;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;

/** What is done to the accounts of one database. Every change leaves a posting, in the same local transaction. */
public final class Accounts {
    private Accounts() {}

    /** Returns what a customer has. */
    public static long balance(EntityManager database, int customer) {
        return database.find(Account.class, customer).balance();
    }

    /** Returns what a customer has, and lets nobody else change it until the transaction ends. */
    public static long locked(EntityManager database, int customer) {
        return lock(database, customer).balance();
    }

    /**
     * Says no to who wants more than there is.
     *
     * @throws RejectedException if the customer has less
     */
    public static void require(EntityManager database, int customer, long cents) {
        if (locked(database, customer) < cents) {
            throw new RejectedException("customer " + customer + " does not have " + cents);
        }
    }

    /**
     * Adds cash that a customer brings or, below zero, takes.
     *
     * @param number the transaction's
     * @param leg 0 or 1: which of its postings in this database
     */
    public static void cash(EntityManager database, long number, int leg, int customer, long cents) {
        lock(database, customer).add(cents);
        database.persist(new Posting(number, leg, customer, cents, true));
    }

    /** Adds what comes from another account or, below zero, goes there; otherwise as {@link #cash}. */
    public static void move(EntityManager database, long number, int leg, int customer, long cents) {
        lock(database, customer).add(cents);
        database.persist(new Posting(number, leg, customer, cents, false));
    }

    /** Takes a posting back, whatever the balance is. */
    public static void takeBack(EntityManager database, long number, int leg) {
        Posting posting = database.find(Posting.class, Posting.id(number, leg));
        lock(database, posting.customer()).add(-posting.cents());
        database.remove(posting);
    }

    private static Account lock(EntityManager database, int customer) {
        return database.find(Account.class, customer, LockModeType.PESSIMISTIC_WRITE);
    }
}
