package io.dtx.runtime.protocol;

import io.dtx.TransactionStatus;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
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

    private static final Map<TransactionStatus, Reply> ACCEPTED = ofEveryStatus(Kind.ACCEPTED);
    private static final Map<TransactionStatus, Reply> ALREADY = ofEveryStatus(Kind.ALREADY);
    private static final Reply FENCED = new Reply(Kind.FENCED, null, 0, "");
    private static final Reply FORGOTTEN = new Reply(Kind.FORGOTTEN, null, 0, "");

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

    /** Returns that a command took effect on a transaction, which now has this status. */
    public static Reply accepted(TransactionStatus status) {
        return ofStatus(ACCEPTED, status);
    }

    /** Returns that a command had taken effect before on a transaction, which has this status. */
    public static Reply already(TransactionStatus status) {
        return ofStatus(ALREADY, status);
    }

    /** Returns that a command about a session took effect, now or before. */
    public static Reply session(Kind kind, long session) {
        return new Reply(kind, null, session, "");
    }

    /** Returns that the sender has ended. */
    public static Reply fenced() {
        return FENCED;
    }

    /** Returns that nothing is known. */
    public static Reply forgotten() {
        return FORGOTTEN;
    }

    /** Returns a refusal, with the status of the transaction if there is one. */
    public static Reply rejected(String code, @Nullable TransactionStatus status) {
        return new Reply(Kind.REJECTED, status, 0, code);
    }

    /** Returns that the commands from {@code next} on are missing. */
    public static Reply gap(long next) {
        return new Reply(Kind.GAP, null, next, "");
    }

    private static Map<TransactionStatus, Reply> ofEveryStatus(Kind kind) {
        Map<TransactionStatus, Reply> replies = new EnumMap<>(TransactionStatus.class);
        for (TransactionStatus status : TransactionStatus.values()) {
            replies.put(status, new Reply(kind, status, 0, ""));
        }
        return replies;
    }

    private static Reply ofStatus(Map<TransactionStatus, Reply> replies, TransactionStatus status) {
        return Objects.requireNonNull(replies.get(status));
    }
}
