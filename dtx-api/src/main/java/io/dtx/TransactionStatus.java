package io.dtx;

/** Where a transaction stands, as the coordinator log knows it. */
public enum TransactionStatus {
    /** Undecided: steps may still start. */
    ACTIVE,
    /** Decided to commit by a finished pivot; the steps after it are still tried. */
    COMPLETING,
    /** Decided and whole: every finished step is in effect. */
    COMMITTED,
    /** Decided to abort: compensations are still to run. */
    COMPENSATING,
    /** Undone: every step that took effect, or may have, has been compensated. */
    COMPENSATED,
    /** A compensation needs an operator: retry it or resolve the transaction with a reason. */
    PARKED,
    /** An operator closed it by hand. */
    RESOLVED,
    /**
     * Some parts are committed and others undone, because an operator closed it so, or a resource manager has ended its part by
     * its own decision; the history says which.
     */
    HEURISTIC_MIXED;

    /** Returns whether nothing will be done for this transaction any more. */
    public boolean isFinal() {
        return this == COMMITTED || this == COMPENSATED || this == RESOLVED || this == HEURISTIC_MIXED;
    }
}
