package io.dtx.runtime.coordinator;

import org.jspecify.annotations.Nullable;

/**
 * The coordinator of this process has stopped for good: what was submitted may or may not be in its log, and nobody here will
 * learn which before the next start.
 */
public class CoordinatorStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Creates the exception with a message that begins with its code. */
    public CoordinatorStoppedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
