package io.dtx.runtime.simulation;

/** A receiver will not: there is no effect. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RefusedException(String message) {
        super(message);
    }
}
