package io.dtx.runtime.net;

/** A peer that breaks the rules: its connection is closed, and it is told why where it can understand. */
final class Violation extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    Violation(int code, String text) {
        super("DTX-" + code + " " + text, null, false, false);
        this.refusal = new Refusal(code, text);
    }

    Refusal refusal() {
        return refusal;
    }
}
