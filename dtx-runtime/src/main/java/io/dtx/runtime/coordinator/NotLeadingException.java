package io.dtx.runtime.coordinator;

import org.jspecify.annotations.Nullable;

/**
 * This member does not lead, or has lost the lead before it could answer: what was sent may be applied or not. Send it again,
 * to whichever member leads.
 */
public final class NotLeadingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Creates the exception with a message that begins with its code. */
    public NotLeadingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
