package io.dtx.examples.ledger;

/** Money that comes into an account of the ledger, or leaves it. */
record Entry(String account, long cents) {}
