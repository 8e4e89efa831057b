package io.dtx.runtime.participant.guard;

import io.dtx.DtxException;
import io.dtx.runtime.participant.ResourceUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Does to the guard tables what the protocol relies on, in a transaction that is rolled back: ids that differ in case are two,
 * the same key is refused, no session row means no guard row, and we may do all that we must.
 */
final class TableTrial {

    private final Dialect dialect;
    private final long number = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
    private final String id = "trial-" + Long.toString(number, Character.MAX_RADIX);

    private TableTrial(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Returns what is wrong, null if nothing is. */
    static @Nullable Throwable run(StartedResource resource) {
        TableTrial trial = new TableTrial(resource.dialect());
        Ended ended = resource.own("validate tables", transaction -> {
            trial.run(transaction.connection());
            throw new PassedException();
        });
        if (!(ended.failure() instanceof PassedException)) {
            return ended.failure();
        }
        try {
            return resource.query("validate tables", trial::cleanUp) == null
                    ? null
                    : new SQLException("DTX-3006 they do not roll back; use a transactional engine");
        } catch (ResourceUnavailableException e) {
            return e;
        }
    }

    private void run(Connection connection) throws SQLException {
        update(
                connection,
                "INSERT INTO " + dialect.session
                        + " (cluster, session, application, node, state, low) VALUES (0, ?, '', '', 'A', 1)",
                number);
        Dialect trial = dialect.withoutPipeline();
        insert(connection, trial, id + "z", number);
        insert(connection, trial, id + "Z", number);
        expect(connection, trial, id + "z", number, SqlFailure.DUPLICATE, "takes the same key twice");
        expect(connection, trial, id + "y", number - 1, SqlFailure.NOT_ALLOWED, "takes rows of unknown sessions");
        update(connection, "UPDATE " + dialect.session + " SET state = 'F' WHERE cluster = 0 AND session = ?", number);
        update(connection, "DELETE FROM " + dialect.session + " WHERE cluster = 1 AND session = ?", number);
        update(connection, "DELETE FROM " + dialect.guard + " WHERE transaction_id = '' AND step_number = ?", number);
    }

    private static int update(Connection connection, String sql, long number) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, number);
            return statement.executeUpdate();
        }
    }

    private void expect(
            Connection connection, Dialect trial, String key, long session, SqlFailure failure, String fault)
            throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try {
            insert(connection, trial, key, session);
        } catch (SQLException e) {
            connection.rollback(savepoint);
            if (dialect.classify(e) == failure
                    || (failure == SqlFailure.NOT_ALLOWED && "02000".equals(e.getSQLState()))) {
                return;
            }
            throw e;
        }
        throw new SQLException("DTX-3006 " + dialect.guard + ' ' + fault + "; make it anew with the statements below");
    }

    private void insert(Connection connection, Dialect trial, String key, long session) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(trial.insertGuard(GuardRow.Kind.EFFECT, true, false))) {
            statement.setString(1, key);
            statement.setLong(2, 1);
            statement.setString(3, GuardRow.Direction.DO.code);
            statement.setInt(4, 1);
            statement.setBytes(5, new byte[] {1});
            statement.setLong(6, 0);
            statement.setLong(7, session);
            statement.setLong(8, 1);
            if (statement.executeUpdate() == 0) {
                throw new SQLException("no session row", "02000");
            }
        }
    }

    /** Returns null if nothing stayed behind, and removes what did. */
    private @Nullable Boolean cleanUp(Connection connection) throws SQLException {
        int sessions =
                update(connection, "DELETE FROM " + dialect.session + " WHERE cluster = 0 AND session = ?", number);
        int rows = update(
                connection,
                "DELETE FROM " + dialect.guard + " WHERE transaction_id IN ('" + id + "z', '" + id
                        + "Z') AND step_number = ?",
                1);
        return sessions + rows == 0 ? null : true;
    }

    /** Rolls the trial back. */
    private static final class PassedException extends DtxException {
        private static final long serialVersionUID = 1;

        PassedException() {
            super(null, "DTX-3097 the trial passed", null);
        }
    }
}
