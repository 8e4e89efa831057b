package io.dtx.runtime.participant.guard;

import io.dtx.runtime.participant.Text;
import io.dtx.runtime.participant.guard.Dialect.Limits;
import io.dtx.runtime.participant.guard.Dialect.Undo;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One local transaction on one connection: open while business code works, completing while the guard row and the commit are
 * under way, then ended. It remembers an error that may have ended it in the database, so that nothing is committed after it.
 *
 * <p>One thread works with it; only {@link #expire} and {@link #abandon} may come from another one.
 */
final class LocalTransaction {

    enum State {
        OPEN,
        COMPLETING,
        ENDED
    }

    private final Connection connection;
    private final Dialect dialect;
    private final Use use;
    private boolean locks;
    private @Nullable Connection handle;
    private @Nullable GuardRow last;
    private @Nullable Ended ended;
    private @Nullable StepWatch watch;
    private @Nullable StepSession session;
    private volatile boolean broken;
    private final List<Undo> undos = new ArrayList<>(0);
    private volatile State state = State.OPEN;
    private volatile @Nullable SQLException doom;
    private volatile @Nullable Statement running;

    /**
     * Takes over a connection in a transaction that has only just begun.
     *
     * @param locks whether its isolation level reads from a snapshot
     */
    LocalTransaction(Connection connection, Dialect dialect, Use use, boolean locks) {
        this.connection = connection;
        this.dialect = dialect;
        this.use = use;
        this.locks = locks;
    }

    /** Returns the connection for our own statements. */
    Connection connection() {
        return connection;
    }

    /** Returns the connection for business code, always the same one. */
    Connection handle() {
        Connection present = handle;
        if (present == null) {
            present = ConnectionCalls.handle(this, connection);
            handle = present;
        }
        return present;
    }

    Dialect dialect() {
        return dialect;
    }

    Use use() {
        return use;
    }

    State state() {
        return state;
    }

    /** From now on the session check locks the row that it reads. */
    void lockSession() {
        locks = true;
    }

    /** Asks for the connection to be put back after the transaction; the latest undo runs first. */
    void afterwards(Undo undo) {
        undos.add(0, undo);
    }

    /** Puts the connection back after the transaction. */
    void undo() throws SQLException {
        for (Undo each : undos) {
            each.run(connection);
        }
    }

    void limit(Limits limits) throws SQLException {
        dialect.limitOwn(connection, limits);
    }

    /** Notes what the database, or the driver, said to business code. */
    void failed(SQLException failure) {
        for (SQLException each = failure; each != null; each = each.getNextException()) {
            if (doom == null && dialect.endsTransaction(each)) {
                doom = each;
            }
        }
        if (failure.getCause() instanceof SQLException cause && cause != failure) {
            failed(cause);
        }
    }

    /** Throws unless business code may send SQL. */
    void requireUsable() throws SQLException {
        if (state == State.ENDED) {
            throw new SQLException(
                    "DTX-3013 the connection was used after " + use
                            + " had ended: take one from the data source in each" + " step, and keep none.",
                    "08003");
        }
        if (doom != null) {
            throw rollbackOnly();
        }
    }

    private SQLException rollbackOnly() {
        return new SQLException(
                "DTX-3012 " + use
                        + " can only roll back: an earlier error may have ended its transaction in the database ("
                        + Text.of(doom) + "). Let that error leave the method.",
                "40000",
                doom);
    }

    /** Marks a statement of business code as running, null for none: what {@link #expire} cancels. */
    void running(@Nullable Statement statement) {
        running = statement;
    }

    /** Has it watched from now to its end. */
    void watch(StepWatch watch, long deadlineNanos) {
        this.watch = watch;
        watch.add(this, deadlineNanos);
    }

    /**
     * Lets nothing of it be committed any more, and cancels the statement that runs. To be called again while it is open: one that
     * is only about to be sent cannot be cancelled yet. From any thread.
     */
    void expire() {
        if (state == State.OPEN) {
            if (doom == null) {
                doom = new SQLException("DTX-3014 " + use + " is out of time", "57014");
            }
            Statement statement = running;
            if (statement != null) {
                try {
                    statement.cancel();
                } catch (SQLException e) {
                    failed(e); // it is over then, or will be abandoned
                }
            }
        }
    }

    /** Closes the connection under whatever waits for it. From any thread. */
    void abandon() {
        broken = true;
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            failed(e); // nothing more can be done from here
        }
    }

    boolean isBroken() {
        return broken;
    }

    /** Enters the completing phase: {@link #commit} will insert this row, if there is one, as the last statement. */
    void completing(@Nullable GuardRow row) {
        last = row;
        state = State.COMPLETING;
    }

    /** Returns what an object-relational mapper has open on the connection, null if there is nothing. */
    @Nullable
    StepSession session() {
        return session;
    }

    /** Has the session flushed and committed with the transaction. */
    void join(StepSession opened) {
        session = opened;
    }

    void flushSession() {
        if (session != null) {
            session.flush();
        }
    }

    void closeSession() {
        if (session != null) {
            session.close();
        }
    }

    /** Commits: through the session if there is one, which then calls {@link #commit}, or rolls back without a word. */
    Ended complete() {
        StepSession joined = session;
        if (joined == null) {
            return commit();
        }
        Throwable failure = null;
        try {
            joined.commit();
        } catch (RuntimeException e) {
            failure = e;
        }
        Ended how = ended;
        if (how != null) {
            return how.failure() == null || failure == null ? how : new Ended(how.kind(), failure);
        }
        return rollBack(
                failure != null ? failure : new SQLException("DTX-3012 " + use + " was not committed", "40000"));
    }

    /** Inserts the guard row and commits, or rolls back. */
    Ended commit() {
        if (doom != null) {
            return rollBack(rollbackOnly());
        }
        boolean sent = false;
        try {
            if (last != null) {
                sent = dialect.insertCommits();
                insert(last);
            }
            if (!sent) {
                sent = true;
                connection.commit();
            }
            return end(Ended.COMMITTED);
        } catch (GuardRefusedException e) {
            return rolledBack(e.ended());
        } catch (SQLException e) {
            if (sent && !dialect.refusesCommit(e)) {
                broken = true;
                return end(new Ended(Ended.Kind.UNKNOWN, e));
            }
            return rollBack(e);
        }
    }

    /** Inserts the guard row, if there is one, and leaves the commit to somebody else. */
    void finishWithoutCommit() throws SQLException, GuardRefusedException {
        if (doom != null) {
            throw rollbackOnly();
        }
        if (last != null) {
            insert(last);
        }
        state = State.ENDED;
    }

    /** Inserts the guard row; with a dialect that pipelines it, this commits as well. */
    private void insert(GuardRow row) throws SQLException, GuardRefusedException {
        try (PreparedStatement statement =
                connection.prepareStatement(dialect.insertGuard(row.kind(), locks, row.isForeign()))) {
            row.bind(statement);
            if (statement.executeUpdate() == 0) {
                throw new GuardRefusedException(Ended.Kind.NOT_ALLOWED, new SQLException("no session row", "02000"));
            }
        } catch (SQLException e) {
            switch (dialect.classify(e)) {
                case DUPLICATE -> throw new GuardRefusedException(Ended.Kind.CONFLICT, e);
                case NOT_ALLOWED -> throw new GuardRefusedException(Ended.Kind.NOT_ALLOWED, e);
                default -> throw e;
            }
        }
    }

    /** Rolls back. */
    Ended rollBack(Throwable cause) {
        return rolledBack(new Ended(Ended.Kind.ROLLED_BACK, cause));
    }

    private Ended rolledBack(Ended how) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            broken = true; // the server rolls back what a closed connection had open
            if (e != how.failure()) {
                how.cause().addSuppressed(e);
            }
        }
        return end(how);
    }

    /** Returns how it ended, null if it has not. */
    @Nullable
    Ended ended() {
        return ended;
    }

    /** Ends it, for those who let somebody else commit or roll back. */
    Ended end(Ended how) {
        state = State.ENDED;
        ended = how;
        if (watch != null) {
            watch.release(this);
        }
        return how;
    }
}
