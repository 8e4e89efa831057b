package io.dtx.runtime.protocol;

import io.dtx.TransactionStatus;
import org.jspecify.annotations.Nullable;

/**
 * The state's answer to one command.
 *
 * @param kind what became of the command
 * @param status the transaction's status after it, where there is a transaction
 * @param value the session's id for OpenSession; the number to go on from for GAP; else 0
 * @param code why it was rejected; else empty
 */
public record Reply(Kind kind, @Nullable TransactionStatus status, long value, String code) {

    /** What became of a command. */
    public enum Kind {
        /** It took effect now. */
        ACCEPTED,
        /** It, or one with the same effect, was applied before; or the transaction was decided before, see the status. */
        ALREADY,
        /** The session has ended: it was not applied and never will be. */
        FENCED,
        /** Nothing is known any more: a final unknown, never a failure. */
        FORGOTTEN,
        /** It is against the rules; it changed nothing and never will. */
        REJECTED,
        /** A command before it is missing: send again from {@link Reply#value}. It consumed no number. */
        GAP
    }

    /** Returns whether it is one of these kinds. */
    public boolean is(Kind... kinds) {
        for (Kind each : kinds) {
            if (kind == each) {
                return true;
            }
        }
        return false;
    }
}
