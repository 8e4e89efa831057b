package io.dtx.runtime.simulation;

/** What business code works with at an {@link XaStore}. */
interface Ledger {
    /** Enters a leg of a trip; it takes effect when the transaction commits. */
    void enter(int trip, int leg);
}
