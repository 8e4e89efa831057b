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

    static GuardRow effect(StepCall call, Direction direction, byte @Nullable [] result) {
        return new GuardRow(
                call.transaction(), call.step(), direction, Kind.EFFECT, call.attempt(), result, call.session());
    }

    static GuardRow tombstone(StepCall call, Direction direction) {
        return new GuardRow(
                call.transaction(), call.step(), direction, Kind.TOMBSTONE, call.attempt(), null, call.session());
    }

    /** Sets the parameters of an insert. */
    void bind(PreparedStatement statement) throws SQLException {
        boolean foreign = isForeign();
        statement.setString(1, transaction.toString());
        statement.setLong(2, step);
        statement.setString(3, direction.code);
        statement.setInt(4, attempt);
        statement.setBytes(5, result);
        statement.setLong(6, transaction.cluster());
        statement.setLong(7, actor);
        if (foreign) {
            statement.setLong(8, transaction.session());
        }
        statement.setLong(foreign ? 9 : 8, transaction.number());
    }

    /** Returns whether the actor is another session than the one whose numbers the transaction carries. */
    boolean isForeign() {
        return actor != transaction.session();
    }
}
