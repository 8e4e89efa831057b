package io.dtx;

/** How the steps of a transaction become one: by compensation, or by two-phase commit. */
public enum TransactionMode {
    /** Steps commit one by one; a failed transaction is undone by their compensations, in reverse order. */
    SAGA,
    /** All resources commit or none does: two-phase commit over XA. */
    ATOMIC
}
