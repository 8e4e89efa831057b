package io.dtx.runtime.participant;

/**
 * Nobody in this process will learn whether a decision is in the log. An error, and no exception: a transaction manager takes an
 * exception for "not written", rolls some branches back, and whoever opens the log next may commit the others.
 */
public final class DecisionUnknownError extends Error {

    private static final long serialVersionUID = 1;

    /** Creates the error with a message that begins with its code. */
    public DecisionUnknownError(String message, Throwable cause) {
        super(message, cause);
    }
}
