package io.dtx.benchmarks.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The idempotency table of a database where steps run: the row of a step commits together with its effect, so that a step that
 * is tried again, or undone before it has run, is noticed by the key.
 */
final class StepTable {

    private static final String TABLE = """
            CREATE TABLE step_done (
                saga uuid NOT NULL,
                step int NOT NULL,
                direction char(1) NOT NULL,
                result bigint NOT NULL,
                at timestamptz NOT NULL DEFAULT clock_timestamp(),
                PRIMARY KEY (saga, step, direction))
            """;
    private static final String INSERT = "INSERT INTO step_done (saga, step, direction, result) VALUES (?, ?, 'D', ?)";

    private final DataSource database;

    StepTable(DataSource database) throws SQLException {
        this.database = database;
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
    }

    /** Runs a step as one local transaction: its effect, its idempotency row, the commit. */
    long run(UUID saga, int step, int caller, int sequence) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Effects.add(connection, caller, sequence);
                insert(connection, saga, step, sequence);
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
        }
        return sequence;
    }

    private static void insert(Connection connection, UUID saga, int step, long result) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, saga);
            insert.setInt(2, step);
            insert.setLong(3, result);
            insert.executeUpdate();
        }
    }
}
