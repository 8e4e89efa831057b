package io.dtx.runtime.participant.guard;

import io.dtx.runtime.participant.ResourceUnavailableException;
import io.dtx.runtime.participant.Text;
import io.dtx.runtime.participant.ToldFailure;
import io.dtx.runtime.participant.guard.Dialect.Limits;
import io.dtx.runtime.participant.guard.Dialect.Undo;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Transactions that dtx begins and ends itself, on connections of the user's data source. */
final class DataSourceTransactions implements TransactionSource {

    private static final Logger LOG = System.getLogger("io.dtx.guard");
    private static final int NETWORK_GRACE_MILLIS = 2_000;

    private final DataSource dataSource;
    private volatile @Nullable Dialect dialect;
    private volatile boolean locks;

    DataSourceTransactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Returns the same database by other connections, once this is started. */
    DataSourceTransactions through(DataSource other) {
        DataSourceTransactions same = new DataSourceTransactions(other);
        same.dialect = dialect;
        return same;
    }

    @Override
    public void start(String resource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Dialect found = Dialect.of(connection);
            locks = found.needsLock(connection.getTransactionIsolation());
            dialect = found;
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        }
    }

    @Override
    public Dialect dialect() {
        return Objects.requireNonNull(dialect, "not started");
    }

    @Override
    public void levelChanged() {
        locks = true;
    }

    @Override
    public Ended step(Use use, @Nullable SessionTag tag, Work work) {
        Connection connection;
        try {
            connection = dataSource.getConnection();
        } catch (SQLException e) {
            return unavailable(use, e);
        }
        boolean autoCommit;
        try {
            if (tag != null) {
                dialect().adopt(connection, tag);
            }
            autoCommit = connection.getAutoCommit();
            if (autoCommit) {
                connection.setAutoCommit(false);
            }
        } catch (SQLException e) {
            discard(connection);
            return unavailable(use, e);
        }
        LocalTransaction transaction = new LocalTransaction(connection, dialect(), use, locks);
        Ended ended = run(transaction, work);
        release(transaction, autoCommit);
        return ended;
    }

    @Override
    public Ended own(Use use, Limits limits, Work work) {
        Connection connection;
        try {
            connection = dataSource.getConnection();
        } catch (SQLException e) {
            return unavailable(use, e);
        }
        boolean autoCommit;
        Undo undo;
        try {
            autoCommit = connection.getAutoCommit();
            limitNetwork(connection, limits.statement() + NETWORK_GRACE_MILLIS);
            connection.setAutoCommit(false);
            undo = dialect().beginOwn(connection, limits);
        } catch (SQLException e) {
            discard(connection);
            return unavailable(use, e);
        }
        LocalTransaction transaction = new LocalTransaction(connection, dialect(), use, false);
        transaction.afterwards(ended -> limitNetwork(ended, 0));
        transaction.afterwards(undo);
        Ended ended = run(transaction, work);
        release(transaction, autoCommit);
        return ended;
    }

    private static Ended unavailable(Use use, SQLException failure) {
        return new Ended(
                Ended.Kind.ROLLED_BACK,
                new ResourceUnavailableException(
                        "DTX-3001 no connection for " + use + ": " + Text.of(failure)
                                + ". Nothing happened; is the database" + " up, and the pool large enough?",
                        failure));
    }

    /** Lets a dead network end our own waiting; zero for no limit. */
    private static void limitNetwork(Connection connection, int millis) throws SQLException {
        try {
            connection.setNetworkTimeout(Runnable::run, millis);
        } catch (SQLFeatureNotSupportedException e) {
            // Then the server's limits are all there is.
        }
    }

    private static Ended run(LocalTransaction transaction, Work work) {
        try {
            transaction.completing(work.run(transaction));
        } catch (Throwable e) {
            return transaction.rollBack(e);
        }
        return transaction.complete();
    }

    private static void release(LocalTransaction transaction, boolean autoCommit) {
        Connection connection = transaction.connection();
        try {
            transaction.closeSession();
        } catch (RuntimeException e) { // the transaction has ended; what the session still held is garbage
            LOG.log(
                    Level.WARNING,
                    "DTX-3033 closing the session of " + transaction.use() + " failed",
                    ToldFailure.withoutMessages(e)); // it may tell the values of entities
        }
        if (transaction.isBroken()) {
            discard(connection);
            return;
        }
        try {
            if (autoCommit) {
                connection.setAutoCommit(true);
            }
            transaction.undo();
            connection.close();
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "DTX-3023 a connection is thrown away after {0}: {1}", transaction.use(), Text.of(e));
            discard(connection);
        }
    }

    /** Makes sure that nobody gets a connection of which we do not know what it has open. */
    private static void discard(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "DTX-3023 a broken connection could not be aborted: {0}", Text.of(e));
        }
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "DTX-3023 a broken connection could not be closed: {0}", Text.of(e));
        }
    }

    @Override
    public void define(Definition definition) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(true);
            try {
                definition.run(connection);
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        }
    }

    @Override
    public Connection outside(@Nullable String user, @Nullable String password) throws SQLException {
        return user == null ? dataSource.getConnection() : dataSource.getConnection(user, password);
    }
}
