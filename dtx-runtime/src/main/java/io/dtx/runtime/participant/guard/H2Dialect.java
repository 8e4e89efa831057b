package io.dtx.runtime.participant.guard;

import io.dtx.runtime.participant.guard.GuardRow.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

/** H2 2.x with its default store: for quick starts and tests. It loses acknowledged commits in a crash without WRITE_DELAY=0. */
final class H2Dialect extends Dialect {

    private static final int TRANSACTION_SNAPSHOT = 6; // org.h2.engine.Constants.TRANSACTION_SNAPSHOT

    private H2Dialect(String schema) {
        super('"' + schema.replace("\"", "\"\"") + "\".");
    }

    static H2Dialect of(Connection connection) throws SQLException {
        return new H2Dialect(Objects.requireNonNullElse(connection.getSchema(), "PUBLIC"));
    }

    @Override
    List<String> createTables() {
        return List.of(
                "CREATE TABLE IF NOT EXISTS " + guard
                        + " (transaction_id varchar(40) NOT NULL, step_number bigint NOT NULL,"
                        + " direction char(1) NOT NULL, kind char(1) NOT NULL, attempt integer NOT NULL,"
                        + " result varbinary(1048576), created_at timestamp with time zone NOT NULL,"
                        + " PRIMARY KEY (transaction_id, step_number, direction))",
                "CREATE TABLE IF NOT EXISTS " + session + " (cluster bigint NOT NULL, session bigint NOT NULL,"
                        + " application varchar(200) NOT NULL, node varchar(200) NOT NULL, state char(1) NOT NULL,"
                        + " low bigint NOT NULL, PRIMARY KEY (cluster, session))",
                "CREATE TABLE IF NOT EXISTS " + meta + " (id integer NOT NULL PRIMARY KEY,"
                        + " database_id varchar(36) NOT NULL, schema_version integer NOT NULL)");
    }

    @Override
    String makeInsertGuard(Kind kind, boolean locks, boolean foreign) {
        return "INSERT INTO " + guard + " (transaction_id, step_number, direction, attempt, result, created_at, kind)"
                + " SELECT CAST(? AS varchar(40)), CAST(? AS bigint), CAST(? AS char(1)), CAST(? AS integer),"
                + " CAST(? AS varbinary(1048576)), CURRENT_TIMESTAMP, '" + kind.code + "'" + sessionCheck(foreign)
                + (locks ? " FOR UPDATE" : "");
    }

    @Override
    boolean needsLock(int isolation) {
        return isolation == TRANSACTION_SNAPSHOT || isolation == Connection.TRANSACTION_SERIALIZABLE;
    }

    @Override
    String secondsAgo() {
        return "DATEADD('SECOND', -CAST(? AS bigint), CURRENT_TIMESTAMP)";
    }

    @Override
    SqlFailure classifyOne(SQLException failure) {
        return switch (Objects.requireNonNullElse(failure.getSQLState(), "")) {
            case "23505" -> SqlFailure.DUPLICATE;
            case "23502" -> SqlFailure.NOT_ALLOWED;
            case "40001", "HYT00" -> SqlFailure.TRANSIENT;
            default -> SqlFailure.OTHER;
        };
    }

    @Override
    boolean refusesCommit(SQLException failure) {
        return "40001".equals(failure.getSQLState());
    }

    @Override
    boolean temporaryTablesCommit() {
        return true;
    }

    @Override
    Undo beginOwn(Connection connection, Limits limits) throws SQLException {
        int isolation = connection.getTransactionIsolation();
        int lockTimeout;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT LOCK_TIMEOUT()")) {
            rows.next();
            lockTimeout = rows.getInt(1);
        }
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        execute(connection, "SET LOCK_TIMEOUT " + limits.lock());
        return ended -> {
            ended.setTransactionIsolation(isolation);
            execute(ended, "SET LOCK_TIMEOUT " + lockTimeout);
        };
    }
}
