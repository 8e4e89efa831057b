package io.dtx.runtime.net;

import org.jspecify.annotations.Nullable;

/** A request that was not answered. The subclasses say what its sender may conclude. */
public abstract sealed class NetException extends RuntimeException
        permits NotSentException, AnswerUnknownException, RequestRefusedException {

    private static final long serialVersionUID = 1;

    private final int code;

    NetException(int code, String text, @Nullable Throwable cause) {
        super("DTX-" + code + " " + text, cause);
        this.code = code;
    }

    /** Returns the number of the message, without its DTX. */
    public int code() {
        return code;
    }
}
