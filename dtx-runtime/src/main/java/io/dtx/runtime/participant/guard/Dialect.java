package io.dtx.runtime.participant.guard;

import io.dtx.DtxException;
import io.dtx.runtime.participant.guard.GuardRow.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/**
 * What differs between databases: types, statements, locks, error codes, time limits. Every statement on the guard tables is
 * made here, once per resource, with the tables' schema, so that nothing a step does to its connection leads elsewhere.
 */
abstract class Dialect {

    static final String GUARD_TABLE = "dtx_guard";
    static final String SESSION_TABLE = "dtx_session";
    static final String META_TABLE = "dtx_meta";

    /** The tables, qualified. */
    final String guard;

    final String session;
    final String meta;
    private final String[] inserts = new String[8];

    Dialect(String prefix) {
        guard = prefix + GUARD_TABLE;
        session = prefix + SESSION_TABLE;
        meta = prefix + META_TABLE;
    }

    /** Finds the dialect of a database and the schema that a fresh connection works in. */
    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product.toLowerCase(Locale.ROOT)) {
            case "postgresql" -> PostgresDialect.of(connection);
            case "mariadb", "mysql" -> MariaDbDialect.of(connection);
            case "h2" -> H2Dialect.of(connection);
            default ->
                throw new DtxException(
                        null,
                        "DTX-3004 no guarded resource can be made of a " + product
                                + " database: use PostgreSQL, MariaDB, MySQL or H2, or make its steps EXTERNAL"
                                + " (no resource = ...).",
                        null);
        };
    }

    /** Returns the statements that make the tables, each of which may fail when its table is there. */
    abstract List<String> createTables();

    /**
     * Returns the insert of a guard row; parameters: transaction, step, direction, attempt, result, then those of
     * {@link #sessionCheck}.
     *
     * @param locks whether the transaction reads from a snapshot, so that the session row must be locked to be seen as it is
     * @param foreign whether actor and transaction are of different sessions
     */
    String insertGuard(Kind kind, boolean locks, boolean foreign) {
        int index = (kind == Kind.EFFECT ? 4 : 0) | (locks ? 2 : 0) | (foreign ? 1 : 0);
        String sql = inserts[index];
        if (sql == null) {
            sql = makeInsertGuard(kind, locks, foreign);
            inserts[index] = sql; // a race makes it twice, equal
        }
        return sql;
    }

    /**
     * Returns the insert of the row of a branch that commits in one phase; parameters as of {@link #insertGuard}. It locks the
     * session's row. Where the database can tell that the transaction has only read, it inserts nothing.
     */
    String insertOnePhase() {
        return makeInsertGuard(Kind.EFFECT, true, false);
    }

    abstract String makeInsertGuard(Kind kind, boolean locks, boolean foreign);

    /**
     * Returns {@code FROM ... WHERE ...}, with one row if the actor may insert; parameters: cluster, actor, number; if foreign
     * cluster, actor, cluster and session of the transaction, number. A missing row of that session means that it was swept.
     */
    final String sessionCheck(boolean foreign) {
        return foreign
                ? " FROM " + session + " a, " + session + " o WHERE a.cluster = ? AND a.session = ? AND a.state = 'A'"
                        + " AND o.cluster = ? AND o.session = ? AND o.low <= ?"
                : " FROM " + session + " WHERE cluster = ? AND session = ? AND state = 'A' AND low <= ?";
    }

    /** Returns whether the guard row's session check needs a lock at this isolation level. */
    abstract boolean needsLock(int isolation);

    /** Returns whether the insert of the guard row ends with the commit, in one round trip. */
    boolean insertCommits() {
        return false;
    }

    /** Returns this dialect with insert and commit apart. */
    Dialect withoutPipeline() {
        return this;
    }

    /** Returns the SQL of a point in time: now minus the parameter, in seconds, by the database's clock. */
    abstract String secondsAgo();

    /** Explains a failure of one of our own statements. */
    final SqlFailure classify(SQLException failure) {
        for (SQLException each = failure; each != null; each = each.getNextException()) {
            SqlFailure explained = classifyOne(each);
            if (explained != SqlFailure.OTHER) {
                return explained;
            }
        }
        return SqlFailure.OTHER;
    }

    abstract SqlFailure classifyOne(SQLException failure);

    /** Returns whether this answer to a commit proves that it was rolled back. */
    abstract boolean refusesCommit(SQLException failure);

    /** Returns whether the database may have ended the transaction with this error, whether or not it says so. */
    boolean endsTransaction(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && (state.startsWith("40") || state.startsWith("08"));
    }

    /**
     * Makes a fresh connection recognisable as the session's and limits its idle transactions, for good. Called outside of
     * transactions, before each step: must cost nothing when it is done already.
     */
    void adopt(Connection connection, SessionTag tag) throws SQLException {}

    /**
     * Begins a transaction of our own on a connection without auto-commit: READ COMMITTED, with time limits.
     *
     * @return what undoes, after the transaction, what this leaves behind on the connection
     */
    abstract Undo beginOwn(Connection connection, Limits limits) throws SQLException;

    /** Limits a transaction of our own that somebody else began. */
    void limitOwn(Connection connection, Limits limits) throws SQLException {}

    /**
     * Ends the transactions that the connections of a session have open, if the database lets us.
     *
     * @return how many could not be ended
     */
    int endTransactions(Connection connection, SessionTag tag) throws SQLException {
        return 0;
    }

    /**
     * Ends the transaction that holds a guard row back, if the database can name it.
     *
     * @return whether there was one and it was ended
     */
    boolean endHolder(Connection connection, GuardRow row) throws SQLException {
        return false;
    }

    /** Returns whether making a temporary table commits. */
    boolean temporaryTablesCommit() {
        return false;
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * Time limits of a transaction of our own, in milliseconds.
     *
     * @param lock how long a statement waits for a lock
     * @param statement how long a statement may take
     */
    record Limits(int lock, int statement) {}

    /** Puts a connection back into an earlier condition. */
    interface Undo {
        /** Does it, outside of a transaction. */
        void run(Connection connection) throws SQLException;
    }
}
