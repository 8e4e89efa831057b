package io.dtx.examples.quickstart;

/** The shop cannot do it: no failure, but an answer. */
public class RejectedException extends RuntimeException {
    RejectedException(String reason) {
        super(reason);
    }
}
