package io.dtx.runtime.log;

import org.jspecify.annotations.Nullable;

/** The log cannot be used: locked by another process, unreadable, without space, or stopped after a failed write. */
public class LogUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Creates the exception with a message that begins with its code. */
    public LogUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
