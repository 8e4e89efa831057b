package io.dtx.runtime.simulation;

/** A call was not answered: there may be an effect. */
public final class BrokenException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BrokenException(String message) {
        super(message);
    }
}
