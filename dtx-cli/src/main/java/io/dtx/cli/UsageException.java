package io.dtx.cli;

/** Something on the command line is wrong; the message begins with its code. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
