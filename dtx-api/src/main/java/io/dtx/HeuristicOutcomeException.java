package io.dtx;

import org.jspecify.annotations.Nullable;

/**
 * Parts of the transaction ended differently, by a resource manager's or an operator's own decision. The transaction's history
 * says which.
 */
public class HeuristicOutcomeException extends DtxException {

    private static final long serialVersionUID = 1;

    /**
     * Creates the exception; the parameters are those of {@link DtxException}.
     *
     * @param transactionId the transaction that it is about, or null if there is none
     * @param message begins with a code {@code DTX-nnnn} and a blank
     * @param cause what led to it, or null
     */
    public HeuristicOutcomeException(@Nullable TransactionId transactionId, String message, @Nullable Throwable cause) {
        super(transactionId, message, cause);
    }
}
