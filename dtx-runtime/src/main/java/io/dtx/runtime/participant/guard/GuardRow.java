package io.dtx.runtime.participant.guard;

import io.dtx.TransactionId;
import io.dtx.runtime.participant.StepCall;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The row that makes a step's effect, or its absence, final: at most one is ever committed per transaction, step and
 * direction, and only while the actor's session is open and the transaction is not below its session's low-water mark.
 *
 * <p>The two sessions are of one log, unless the transaction was restored: then it keeps the name of the log that it began in,
 * and its session's row is that log's, while whoever undoes it has a session of the new one.
 *
 * @param log the coordinator log of the session that inserts it
 * @param actor the session that inserts it
 * @param result what is recorded of the step's result; null for none
 */
record GuardRow(
        TransactionId transaction,
        long step,
        Direction direction,
        Kind kind,
        int attempt,
        byte @Nullable [] result,
        long log,
        long actor) {

    /** Which way the step went. */
    enum Direction {
        DO("D"),
        UNDO("U");

        final String code;

        Direction(String code) {
            this.code = code;
        }
    }

    /** What the row stands for. */
    enum Kind {
        /** The transaction that inserted it did the work. */
        EFFECT("E"),
        /** The work was not done, and never will be. */
        TOMBSTONE("T");

        final String code;

        Kind(String code) {
            this.code = code;
        }

        static Kind of(String code) {
            return EFFECT.code.equals(code) ? EFFECT : TOMBSTONE;
        }
    }

    static GuardRow effect(StartedResource resource, StepCall call, Direction direction, byte @Nullable [] result) {
        return of(resource, call, direction, Kind.EFFECT, result);
    }

    static GuardRow tombstone(StartedResource resource, StepCall call, Direction direction) {
        return of(resource, call, direction, Kind.TOMBSTONE, null);
    }

    private static GuardRow of(
            StartedResource resource, StepCall call, Direction direction, Kind kind, byte @Nullable [] result) {
        return new GuardRow(
                call.transaction(),
                call.step(),
                direction,
                kind,
                call.attempt(),
                result,
                resource.owner().cluster(),
                call.session());
    }

    /** Sets the parameters of an insert. */
    void bind(PreparedStatement statement) throws SQLException {
        statement.setString(1, transaction.toString());
        statement.setLong(2, step);
        statement.setString(3, direction.code);
        statement.setInt(4, attempt);
        statement.setBytes(5, result);
        statement.setLong(6, log);
        statement.setLong(7, actor);
        int next = 8;
        if (isForeign()) {
            statement.setLong(next++, transaction.cluster());
            statement.setLong(next++, transaction.session());
        }
        statement.setLong(next, transaction.number());
    }

    /** Returns whether the actor is another session than the one whose numbers the transaction carries. */
    boolean isForeign() {
        return actor != transaction.session() || log != transaction.cluster();
    }
}
