package io.dtx.benchmarks.postgres;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The saga table that a careful engineer writes by hand: a row for each saga, a row for each step with its arguments before it
 * runs and its result after, so that another process can undo what this one has left. Each change is one statement, one round
 * trip and one commit: a saga of n steps makes n + 1 of them, as the end of a step rides with what follows it.
 */
final class SagaTable {

    private static final String TABLES = """
            CREATE TABLE saga (
                id uuid PRIMARY KEY,
                name text NOT NULL,
                status text NOT NULL,
                owner text NOT NULL,
                began timestamptz NOT NULL DEFAULT now(),
                deadline timestamptz NOT NULL DEFAULT now() + interval '60 seconds');
            CREATE INDEX saga_open ON saga (deadline) WHERE status <> 'COMMITTED' AND status <> 'COMPENSATED';
            CREATE TABLE saga_step (
                saga uuid NOT NULL,
                step int NOT NULL,
                name text NOT NULL,
                status text NOT NULL,
                arguments bytea NOT NULL,
                result bytea,
                PRIMARY KEY (saga, step))
            """;
    private static final String BEGIN = """
            WITH begun AS (INSERT INTO saga (id, name, status, owner) VALUES (?, 'transfer', 'ACTIVE', 'node-1'))
            INSERT INTO saga_step (saga, step, name, status, arguments) VALUES (?, ?, ?, 'STARTED', ?)
            """;
    private static final String NEXT = """
            WITH finished AS (UPDATE saga_step SET status = 'FINISHED', result = ? WHERE saga = ? AND step = ?)
            INSERT INTO saga_step (saga, step, name, status, arguments) VALUES (?, ?, ?, 'STARTED', ?)
            """;
    private static final String COMMIT = """
            WITH finished AS (UPDATE saga_step SET status = 'FINISHED', result = ? WHERE saga = ? AND step = ?)
            UPDATE saga SET status = 'COMMITTED' WHERE id = ? AND status = 'ACTIVE'
            """;

    private final DataSource database;

    SagaTable(DataSource database) throws SQLException {
        this.database = database;
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLES);
        }
    }

    void begin(UUID saga, String name, int caller, int sequence) throws SQLException {
        change(BEGIN, saga, saga, 0, name, arguments(caller, sequence));
    }

    void next(UUID saga, int step, long result, String name, int caller, int sequence) throws SQLException {
        change(NEXT, bytes(result), saga, step - 1, saga, step, name, arguments(caller, sequence));
    }

    void commit(UUID saga, int lastStep, long result) throws SQLException {
        change(COMMIT, bytes(result), saga, lastStep, saga);
    }

    private void change(String sql, Object... values) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException("somebody else has decided this saga: " + sql);
            }
        }
    }

    private static byte[] arguments(int caller, int sequence) {
        return ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(caller)
                .putInt(sequence)
                .array();
    }

    private static byte[] bytes(long result) {
        return ByteBuffer.allocate(Long.BYTES).putLong(result).array();
    }
}
