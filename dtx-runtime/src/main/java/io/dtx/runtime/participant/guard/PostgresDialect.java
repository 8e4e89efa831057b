package io.dtx.runtime.participant.guard;

import io.dtx.runtime.participant.guard.GuardRow.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** PostgreSQL 13 and later; with pgjdbc the guard row and the commit share one round trip. */
final class PostgresDialect extends Dialect {

    private static final int IDLE_LIMIT_MILLIS = 120_000;

    private final String prefix;
    private final boolean pipelines;

    private PostgresDialect(String prefix, boolean pipelines) {
        super(prefix);
        this.prefix = prefix;
        this.pipelines = pipelines;
    }

    static PostgresDialect of(Connection connection) throws SQLException {
        String schema = Objects.requireNonNullElse(connection.getSchema(), "public");
        return new PostgresDialect(
                '"' + schema.replace("\"", "\"\"") + "\".",
                "PostgreSQL JDBC Driver".equals(connection.getMetaData().getDriverName()));
    }

    @Override
    List<String> createTables() {
        return List.of(
                "CREATE TABLE IF NOT EXISTS " + guard + " (transaction_id varchar(40) COLLATE \"C\" NOT NULL,"
                        + " step_number bigint NOT NULL, direction char(1) NOT NULL, kind char(1) NOT NULL,"
                        + " attempt integer NOT NULL, result bytea, created_at timestamptz NOT NULL,"
                        + " CONSTRAINT dtx_guard_pkey PRIMARY KEY (transaction_id, step_number, direction))",
                "CREATE TABLE IF NOT EXISTS " + session + " (cluster bigint NOT NULL, session bigint NOT NULL,"
                        + " application varchar(200) NOT NULL, node varchar(200) NOT NULL, state char(1) NOT NULL,"
                        + " low bigint NOT NULL, CONSTRAINT dtx_session_pkey PRIMARY KEY (cluster, session))",
                "CREATE TABLE IF NOT EXISTS " + meta + " (id integer NOT NULL, database_id varchar(36) NOT NULL,"
                        + " schema_version integer NOT NULL, CONSTRAINT dtx_meta_pkey PRIMARY KEY (id))");
    }

    @Override
    String makeInsertGuard(Kind kind, boolean locks, boolean foreign) {
        // Kind is null, and the insert an error, if the check finds no row. The error stops the COMMIT behind it; a
        // plain
        // INSERT ... SELECT of no row would not. Without the lock the check is only sound if this statement sees the
        // newest
        // row, so it asks: the level may have been changed where nobody looks, on the role or by the pool.
        return "INSERT INTO " + guard
                + " (transaction_id, step_number, direction, attempt, result, created_at, kind)"
                + " VALUES (?, ?, ?, ?, ?, clock_timestamp(), (SELECT '" + kind.code + "'" + sessionCheck(foreign)
                + (locks ? " FOR SHARE" : " AND current_setting('transaction_isolation') = 'read committed'") + "))"
                + (pipelines ? "; COMMIT" : "");
    }

    @Override
    String insertOnePhase() {
        // The condition is asked before the row is made: until then a transaction that has only read has no number.
        return "INSERT INTO " + guard + " (transaction_id, step_number, direction, attempt, result, created_at, kind)"
                + " SELECT ?, ?, ?, ?, ?, clock_timestamp(), (SELECT '" + Kind.EFFECT.code + "'" + sessionCheck(false)
                + " FOR SHARE) WHERE pg_current_xact_id_if_assigned() IS NOT NULL";
    }

    @Override
    boolean needsLock(int isolation) {
        return isolation > Connection.TRANSACTION_READ_COMMITTED;
    }

    @Override
    boolean insertCommits() {
        return pipelines;
    }

    @Override
    Dialect withoutPipeline() {
        return new PostgresDialect(prefix, false);
    }

    @Override
    String secondsAgo() {
        return "clock_timestamp() - ? * interval '1 second'";
    }

    @Override
    SqlFailure classifyOne(SQLException failure) {
        return switch (Objects.requireNonNullElse(failure.getSQLState(), "")) {
            // A deferred constraint of the user's can fail the same way in the COMMIT behind the insert: the names
            // decide.
            case "23505" -> names(failure) ? SqlFailure.DUPLICATE : SqlFailure.OTHER;
            case "23502" -> names(failure) ? SqlFailure.NOT_ALLOWED : SqlFailure.OTHER;
            case "40001", "40P01", "55P03", "57014" -> SqlFailure.TRANSIENT;
            default -> SqlFailure.OTHER;
        };
    }

    private static boolean names(SQLException failure) {
        String message = failure.getMessage();
        return message != null && message.contains("dtx_");
    }

    @Override
    boolean refusesCommit(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null || (state.startsWith("25P0") && !state.equals("25P02")) || state.equals("40003")) {
            return false;
        }
        // Everything but a broken connection, a server that goes down, its own trouble: an ordinary error aborts.
        return switch (state.substring(0, 2)) {
            case "08", "53", "58", "XX", "F0" -> false;
            case "57" -> state.equals("57014");
            default -> true;
        };
    }

    @Override
    void adopt(Connection connection, SessionTag tag) throws SQLException {
        // pgjdbc answers from memory: the server reports every change of this setting.
        String name = Objects.requireNonNullElse(connection.getClientInfo("ApplicationName"), "");
        if (name.endsWith(tag.text())) {
            return;
        }
        String sql = "SELECT set_config('application_name', ?, false), CASE WHEN current_setting("
                + "'idle_in_transaction_session_timeout') = '0'"
                + " THEN set_config('idle_in_transaction_session_timeout', ?, false) END";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tag.appendTo(name));
            statement.setString(2, String.valueOf(IDLE_LIMIT_MILLIS));
            statement.execute();
        }
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }

    @Override
    Undo beginOwn(Connection connection, Limits limits) throws SQLException {
        execute(connection, "SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE; " + limit(limits));
        return ended -> {};
    }

    @Override
    void limitOwn(Connection connection, Limits limits) throws SQLException {
        execute(connection, limit(limits));
    }

    private static String limit(Limits limits) {
        // lock_timeout counts each wait anew; only the statement's own limit bounds all of them.
        return "SET LOCAL lock_timeout = " + limits.lock() + "; SET LOCAL statement_timeout = " + limits.statement()
                + "; SET LOCAL idle_in_transaction_session_timeout = " + limits.statement();
    }

    @Override
    int endTransactions(Connection connection, SessionTag tag) throws SQLException {
        String sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND pid <> pg_backend_pid() AND xact_start IS NOT NULL AND right(application_name, ?) = ?";
        int left = 0;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, tag.text().length());
            statement.setString(2, tag.text());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    left += rows.getBoolean(1) ? 0 : 1;
                }
            }
        }
        return left;
    }
}
