package io.dtx.runtime.net;

import org.jspecify.annotations.Nullable;

/** The request never left this process: nobody answers at the address, or it is not a member of our cluster. Try again, or elsewhere. */
public sealed class NotSentException extends NetException permits WindowFullException {

    private static final long serialVersionUID = 1;

    NotSentException(int code, String text, @Nullable Throwable cause) {
        super(code, text, cause);
    }
}
