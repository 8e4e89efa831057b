package io.dtx.runtime.net;

/** The request was not sent, because too many before it are not answered yet. Send again when one is. */
public final class WindowFullException extends NotSentException {

    private static final long serialVersionUID = 1;

    WindowFullException(String text) {
        super(5332, text, null);
    }
}
