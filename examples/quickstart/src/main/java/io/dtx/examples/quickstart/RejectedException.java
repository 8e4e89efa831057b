package io.dtx.examples.quickstart;

/** The shop cannot do it: no failure, but an answer. */
public class RejectedException extends Exception {

    private static final long serialVersionUID = 1;

    /** Says why. */
    public RejectedException(String reason) {
        super(reason);
    }
}
