package io.dtx.runtime.session;

/** A cluster is not changed as it was asked to be; nothing was changed. The message says why, and what to do. */
public final class ChangeRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Creates it with a message that begins with its code. */
    public ChangeRefusedException(String message) {
        super(message);
    }
}
