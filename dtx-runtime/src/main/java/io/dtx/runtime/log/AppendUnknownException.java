package io.dtx.runtime.log;

import org.jspecify.annotations.Nullable;

/** The entry may or may not be, or become, committed. The same commands may be appended again: they are recognised. */
public class AppendUnknownException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Creates the exception with a message that begins with its code. */
    public AppendUnknownException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
