package io.dtx.runtime.participant.guard;

import io.dtx.runtime.participant.guard.GuardRow.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * MariaDB 10.6 and MySQL 8, and later ones. Guard rows carry the id of their connection, so that one that is not committed
 * names who holds it back.
 */
final class MariaDbDialect extends Dialect {

    private static final int LOCK_WAIT = 1205;
    private static final int LOCK_TABLE_FULL = 1206;
    private static final int DEADLOCK = 1213;
    private static final int CHANGED_SINCE_READ = 1020;
    private static final int STATEMENT_TIME = 1969;
    private static final int STATEMENT_TIME_MYSQL = 3024;
    private static final int DUPLICATE = 1062;
    private static final int NULL_VALUE = 1048;
    private static final int NO_SUCH_THREAD = 1094;

    private final boolean mariaDb;

    private MariaDbDialect(String database, boolean mariaDb) {
        super('`' + database.replace("`", "``") + "`.");
        this.mariaDb = mariaDb;
    }

    static MariaDbDialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName()
                + connection.getMetaData().getDatabaseProductVersion();
        return new MariaDbDialect(connection.getCatalog(), product.contains("MariaDB"));
    }

    @Override
    List<String> createTables() {
        return List.of(
                "CREATE TABLE IF NOT EXISTS " + guard
                        + " (transaction_id varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
                        + " step_number bigint NOT NULL, direction char(1) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
                        + " kind char(1) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, attempt int NOT NULL,"
                        + " result longblob, created_at datetime(6) NOT NULL, conn bigint NOT NULL,"
                        + " PRIMARY KEY (transaction_id, step_number, direction)) ENGINE=InnoDB",
                "CREATE TABLE IF NOT EXISTS " + session + " (cluster bigint NOT NULL, session bigint NOT NULL,"
                        + " application varchar(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,"
                        + " node varchar(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,"
                        + " state char(1) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
                        + " low bigint NOT NULL, PRIMARY KEY (cluster, session)) ENGINE=InnoDB",
                "CREATE TABLE IF NOT EXISTS " + meta + " (id int NOT NULL PRIMARY KEY,"
                        + " database_id varchar(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
                        + " schema_version int NOT NULL) ENGINE=InnoDB");
    }

    @Override
    String makeInsertGuard(Kind kind, boolean locks, boolean foreign) {
        return "INSERT INTO " + guard
                + " (transaction_id, step_number, direction, attempt, result, created_at, conn, kind)"
                + " VALUES (?, ?, ?, ?, ?, utc_timestamp(6), connection_id(), (SELECT '" + kind.code + "'"
                + sessionCheck(foreign) + " LOCK IN SHARE MODE))";
    }

    @Override
    boolean needsLock(int isolation) {
        return false; // it locks at every level
    }

    @Override
    String secondsAgo() {
        return "utc_timestamp(6) - INTERVAL ? SECOND";
    }

    @Override
    SqlFailure classifyOne(SQLException failure) {
        return switch (failure.getErrorCode()) {
            case DUPLICATE -> SqlFailure.DUPLICATE;
            case NULL_VALUE -> SqlFailure.NOT_ALLOWED;
            case DEADLOCK, LOCK_WAIT, STATEMENT_TIME, STATEMENT_TIME_MYSQL, CHANGED_SINCE_READ -> SqlFailure.TRANSIENT;
            default -> SqlFailure.OTHER;
        };
    }

    @Override
    boolean refusesCommit(SQLException failure) {
        return failure.getErrorCode() == DEADLOCK; // a cluster's certification, too
    }

    @Override
    boolean endsTransaction(SQLException failure) {
        return switch (failure.getErrorCode()) {
            case DEADLOCK, LOCK_WAIT, LOCK_TABLE_FULL, CHANGED_SINCE_READ -> true;
            default -> super.endsTransaction(failure);
        };
    }

    @Override
    Undo beginOwn(Connection connection, Limits limits) throws SQLException {
        execute(connection, "SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
        int lockSeconds = Math.max(1, (limits.lock() + 999) / 1_000);
        StringBuilder set = new StringBuilder("SET @dtx_lock_wait = @@innodb_lock_wait_timeout,"
                + " SESSION innodb_lock_wait_timeout = " + lockSeconds);
        StringBuilder reset = new StringBuilder("SET SESSION innodb_lock_wait_timeout = @dtx_lock_wait");
        if (mariaDb) {
            set.append(", @dtx_statement = @@max_statement_time, SESSION max_statement_time = ")
                    .append(limits.statement() / 1_000.0)
                    .append(", @dtx_idle = @@idle_transaction_timeout, SESSION idle_transaction_timeout = ")
                    .append(Math.max(1, limits.statement() / 1_000));
            reset.append(", SESSION max_statement_time = @dtx_statement, SESSION idle_transaction_timeout = @dtx_idle");
        }
        execute(connection, set.toString());
        return ended -> execute(ended, reset.toString());
    }

    @Override
    boolean endHolder(Connection connection, GuardRow row) throws SQLException {
        // Visible uncommitted, not visible committed: its transaction is open, and its connection is what we wait for.
        long holder = connectionOf(connection, row, "READ UNCOMMITTED");
        if (holder == 0 || connectionOf(connection, row, "READ COMMITTED") != 0) {
            return false;
        }
        try {
            execute(connection, "KILL CONNECTION " + holder);
        } catch (SQLException e) {
            if (e.getErrorCode() != NO_SUCH_THREAD) {
                throw e;
            }
        }
        return true;
    }

    private long connectionOf(Connection connection, GuardRow row, String isolation) throws SQLException {
        connection.rollback();
        execute(connection, "SET TRANSACTION ISOLATION LEVEL " + isolation);
        String sql = "SELECT conn FROM " + guard + " WHERE transaction_id = ? AND step_number = ? AND direction = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, row.transaction().toString());
            statement.setLong(2, row.step());
            statement.setString(3, row.direction().code);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }
}
