package io.dtx.runtime.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a command made of one transaction.
 *
 * @param state the transaction afterwards; the same instance as before unless the reply is ACCEPTED
 * @param reply the answer to the sender
 */
public record Transition(TransactionState state, Reply reply) {

    static Transition accepted(TransactionState next) {
        return new Transition(next, Reply.accepted(next.status()));
    }

    static Transition already(TransactionState tx) {
        return new Transition(tx, Reply.already(tx.status()));
    }

    static Transition rejected(TransactionState tx, @Nullable String code) {
        return new Transition(tx, Reply.rejected(code == null ? "" : code, tx.status()));
    }
}
