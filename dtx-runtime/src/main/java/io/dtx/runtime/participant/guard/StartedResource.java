package io.dtx.runtime.participant.guard;

import io.dtx.TransactionId;
import io.dtx.runtime.participant.ResourceOwner;
import io.dtx.runtime.participant.ResourceUnavailableException;
import io.dtx.runtime.participant.StepCall;
import io.dtx.runtime.participant.Text;
import io.dtx.runtime.participant.guard.Dialect.Limits;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A resource in use: what all of its verbs need.
 *
 * @param databaseId the database's identity
 */
record StartedResource(String name, TransactionSource source, ResourceOwner owner, String databaseId) {

    /** Short waits for locks: whoever holds one for longer is ended, if that can be, and the wait repeated. */
    static final Limits LIMITS = new Limits(250, 5_000);

    Dialect dialect() {
        return source.dialect();
    }

    SessionTag tag(long session) {
        return SessionTag.of(owner.cluster(), session);
    }

    /** Runs statements of our own in a transaction. */
    Ended own(String what, TransactionSource.Work work) {
        return source.own(Use.own(name, what), LIMITS, work);
    }

    /**
     * Runs statements of our own in a transaction and returns what they read.
     *
     * @throws ResourceUnavailableException if they fail
     */
    <T> @Nullable T query(String what, Query<T> query) {
        AtomicReference<@Nullable T> answer = new AtomicReference<>();
        Ended ended = own(what, transaction -> {
            answer.set(query.run(transaction.connection()));
            return null;
        });
        if (!ended.is(Ended.Kind.COMMITTED)) {
            throw unavailable(what, ended.failure());
        }
        return answer.get();
    }

    ResourceUnavailableException unavailable(String what, @Nullable Throwable cause) {
        if (cause instanceof ResourceUnavailableException same) {
            return same;
        }
        return new ResourceUnavailableException(
                "DTX-3001 resource \"" + name + "\" did not answer to '" + what + "': " + Text.of(cause)
                        + ". It is tried again.",
                cause);
    }

    /** Reads a committed guard row in a transaction of its own. */
    @Nullable
    RecordedStep find(StepCall call, GuardRow.Direction direction) {
        return query("look-up", connection -> read(connection, call, direction));
    }

    /** Returns the steps of a transaction that were done here and not undone. */
    Set<Long> inEffect(TransactionId transaction) {
        String sql =
                "SELECT step_number, direction FROM " + dialect().guard + " WHERE transaction_id = ? AND kind = 'E'";
        return Objects.requireNonNull(query("look-up", connection -> {
            Set<Long> done = new TreeSet<>();
            Set<Long> undone = new HashSet<>();
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, transaction.toString());
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        (GuardRow.Direction.DO.code.equals(rows.getString(2)) ? done : undone).add(rows.getLong(1));
                    }
                }
            }
            done.removeAll(undone);
            return done;
        }));
    }

    /** Reads a guard row in the present transaction. */
    @Nullable
    RecordedStep read(Connection connection, StepCall call, GuardRow.Direction direction) throws SQLException {
        String sql = "SELECT kind, result FROM " + dialect().guard
                + " WHERE transaction_id = ? AND step_number = ? AND direction = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, call.transaction().toString());
            statement.setLong(2, call.step());
            statement.setString(3, direction.code);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? new RecordedStep(
                                GuardRow.Kind.of(Objects.requireNonNull(rows.getString(1))), rows.getBytes(2))
                        : null;
            }
        }
    }

    /** Reads something. */
    interface Query<T> {
        /** Does it in a transaction that is committed afterwards. */
        @Nullable
        T run(Connection connection) throws SQLException;
    }

    /** A committed guard row. */
    record RecordedStep(GuardRow.Kind kind, byte @Nullable [] result) {

        boolean tookEffect() {
            return kind == GuardRow.Kind.EFFECT;
        }
    }
}
