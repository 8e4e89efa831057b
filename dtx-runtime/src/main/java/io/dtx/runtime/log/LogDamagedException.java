package io.dtx.runtime.log;

import org.jspecify.annotations.Nullable;

/** The files of a log are not what was once made durable. The message names file, offset, nature of the damage, and remedy. */
public class LogDamagedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Creates the exception with a message that begins with its code. */
    public LogDamagedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
