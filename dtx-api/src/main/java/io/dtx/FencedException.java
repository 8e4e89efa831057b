package io.dtx;

import org.jspecify.annotations.Nullable;

/**
 * This process is no longer the owner of what it tried to do: its session was ended, or somebody else has taken over. What it
 * tried took no effect and never will.
 */
public class FencedException extends DtxException {

    private static final long serialVersionUID = 1;

    /**
     * Creates the exception; the parameters are those of {@link DtxException}.
     *
     * @param transactionId the transaction that it is about, or null if there is none
     * @param message begins with a code {@code DTX-nnnn} and a blank
     * @param cause what led to it, or null
     */
    public FencedException(@Nullable TransactionId transactionId, String message, @Nullable Throwable cause) {
        super(transactionId, message, cause);
    }
}
