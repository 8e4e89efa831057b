package io.dtx.runtime.protocol;

/**
 * What a command made of one transaction.
 *
 * @param state the transaction afterwards; the same instance as before unless the reply is ACCEPTED
 * @param reply the answer to the sender
 */
public record Transition(TransactionState state, Reply reply) {}
