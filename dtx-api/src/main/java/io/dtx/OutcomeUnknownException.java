package io.dtx;

import org.jspecify.annotations.Nullable;

/**
 * The transaction is decided, or will be, but this process could not learn how. Never a failure: ask
 * {@code Dtx.transactions().outcome(id)} before the business operation is tried again.
 */
public class OutcomeUnknownException extends DtxException {

    private static final long serialVersionUID = 1;

    /**
     * Creates the exception; the parameters are those of {@link DtxException}.
     *
     * @param transactionId the transaction that it is about, or null if there is none
     * @param message begins with a code {@code DTX-nnnn} and a blank
     * @param cause what led to it, or null
     */
    public OutcomeUnknownException(@Nullable TransactionId transactionId, String message, @Nullable Throwable cause) {
        super(transactionId, message, cause);
    }
}
