package io.dtx;

import org.jspecify.annotations.Nullable;

/**
 * Something that dtx has to say to the caller of a transaction or step. The message begins with the {@link #code()}, names the
 * transaction and says what to do.
 */
public class DtxException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final @Nullable TransactionId transactionId;

    /**
     * Creates the exception.
     *
     * @param transactionId the transaction that it is about, or null if there is none
     * @param message begins with a code {@code DTX-nnnn} and a blank
     * @param cause what led to it, or null
     */
    public DtxException(@Nullable TransactionId transactionId, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.transactionId = transactionId;
    }

    /** Returns the stable code, such as {@code DTX-2011}; all are listed in docs/messages.md. */
    public String code() {
        String message = String.valueOf(getMessage());
        int end = message.indexOf(' ');
        return end < 0 ? message : message.substring(0, end);
    }

    /** Returns the transaction that it is about, or null if there is none. */
    public @Nullable TransactionId transactionId() {
        return transactionId;
    }
}
