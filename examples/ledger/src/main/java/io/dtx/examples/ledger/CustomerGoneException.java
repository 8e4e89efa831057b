package io.dtx.examples.ledger;

/** A sale comes to nothing. */
final class CustomerGoneException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CustomerGoneException(long number) {
        super("customer " + number + " has gone");
    }
}
