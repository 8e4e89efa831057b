package io.dtx.runtime.participant;

import org.jspecify.annotations.Nullable;

/** A resource does not answer, or refuses work for the moment. Nothing happened. */
public class ResourceUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Creates the exception with a message that begins with its code. */
    public ResourceUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
