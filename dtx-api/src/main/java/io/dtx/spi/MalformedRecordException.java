package io.dtx.spi;

/** Recorded bytes are not what their reader expects: they are damaged, or the class that wrote them has changed too much. */
public class MalformedRecordException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message what was expected, what was found, at which offset
     */
    public MalformedRecordException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message what was expected, what was found
     * @param cause why it was refused
     */
    public MalformedRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
