package io.dtx;

import org.jspecify.annotations.Nullable;

/**
 * The transaction was aborted: the log says so, and everything that it did is compensated or being compensated. It is safe to
 * try the business operation again.
 */
public class TransactionAbortedException extends DtxException {

    private static final long serialVersionUID = 1;

    /**
     * Creates the exception; the parameters are those of {@link DtxException}.
     *
     * @param transactionId the transaction that it is about, or null if there is none
     * @param message begins with a code {@code DTX-nnnn} and a blank
     * @param cause what led to it, or null
     */
    public TransactionAbortedException(
            @Nullable TransactionId transactionId, String message, @Nullable Throwable cause) {
        super(transactionId, message, cause);
    }
}
