package io.dtx;

import org.jspecify.annotations.Nullable;

/**
 * The transaction was aborted because its time, or the time of one of its steps, was over.
 */
public class TransactionTimeoutException extends TransactionAbortedException {

    private static final long serialVersionUID = 1;

    /**
     * Creates the exception; the parameters are those of {@link DtxException}.
     *
     * @param transactionId the transaction that it is about, or null if there is none
     * @param message begins with a code {@code DTX-nnnn} and a blank
     * @param cause what led to it, or null
     */
    public TransactionTimeoutException(
            @Nullable TransactionId transactionId, String message, @Nullable Throwable cause) {
        super(transactionId, message, cause);
    }
}
