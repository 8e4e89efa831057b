package io.dtx.examples.ledger;

/** What business code sees of the ledger: entries that are booked when its transaction commits. */
public interface Postings {

    /** Adds to an account; takes away, if the amount is negative. */
    void post(String account, long cents);
}
