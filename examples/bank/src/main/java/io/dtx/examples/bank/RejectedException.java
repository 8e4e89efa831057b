package io.dtx.examples.bank;

/** The bank does not do it: no failure, but an answer. */
public final class RejectedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RejectedException(String reason) {
        super(reason);
    }
}
