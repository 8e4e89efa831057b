package io.dtx.runtime.net;

import org.jspecify.annotations.Nullable;

/**
 * The request was sent and no answer came: the connection was lost, or time was up. It may have taken effect, or may still do.
 * Ask again with something idempotent.
 */
public final class AnswerUnknownException extends NetException {

    private static final long serialVersionUID = 1;

    AnswerUnknownException(int code, String text, @Nullable Throwable cause) {
        super(code, text, cause);
    }
}
