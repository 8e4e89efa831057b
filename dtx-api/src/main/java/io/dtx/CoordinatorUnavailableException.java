package io.dtx;

import org.jspecify.annotations.Nullable;

/**
 * The coordinator log cannot be used now, so nothing was begun or changed. It is safe to try again later.
 */
public class CoordinatorUnavailableException extends DtxException {

    private static final long serialVersionUID = 1;

    /**
     * Creates the exception; the parameters are those of {@link DtxException}.
     *
     * @param transactionId the transaction that it is about, or null if there is none
     * @param message begins with a code {@code DTX-nnnn} and a blank
     * @param cause what led to it, or null
     */
    public CoordinatorUnavailableException(
            @Nullable TransactionId transactionId, String message, @Nullable Throwable cause) {
        super(transactionId, message, cause);
    }
}
