package io.dtx.runtime.participant.guard;

import io.dtx.TransactionContext;
import io.dtx.TransactionMode;
import io.dtx.runtime.participant.IsolatedWork;
import io.dtx.spi.Contexts;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What business code works with: the step's connection inside a step of this resource, the user's own connections outside. */
final class GuardedDataSource implements DataSource {

    private final JdbcResource resource;
    private final TransactionSource source;

    GuardedDataSource(JdbcResource resource, TransactionSource source) {
        this.resource = resource;
        this.source = source;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connection(null, null);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return connection(user, password);
    }

    private Connection connection(@Nullable String user, @Nullable String password) throws SQLException {
        BoundStep step = BoundStep.current();
        if (IsolatedWork.isRunning()) {
            return source.outside(user, password);
        }
        if (step == null) {
            return outside(user, password);
        }
        if (step.resource() != resource) {
            throw new SQLException(
                    "DTX-3010 " + step.transaction().use() + " works with resource \"" + resource.name()
                            + "\", whose work"
                            + " would not be guarded: set resource = \"" + resource.name()
                            + "\" on the step, or split the"
                            + " step in two.",
                    "2D000");
        }
        if (user != null) {
            throw new SQLException(
                    "DTX-3011 a step works on one connection, under the data source's own user: call getConnection().",
                    "2D000");
        }
        return step.transaction().handle();
    }

    private Connection outside(@Nullable String user, @Nullable String password) throws SQLException {
        DataSource joined = resource.joined();
        if (joined != null) {
            return user == null ? joined.getConnection() : joined.getConnection(user, password);
        }
        refuseInAtomic();
        return source.outside(user, password);
    }

    /** Its work would commit by itself, whatever becomes of the transaction. */
    private void refuseInAtomic() throws SQLException {
        TransactionContext context = Contexts.transaction();
        if (context != null && context.mode() == TransactionMode.ATOMIC) {
            throw new SQLException(
                    "DTX-3545 " + context.name() + " is ATOMIC and uses resource \"" + resource.name()
                            + "\", which is for sagas: its work would not be part of " + context.id()
                            + ". Register the database with .xaResource(name, xaDataSource).",
                    "2D000");
        }
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        throw new SQLFeatureNotSupportedException("set it on the data source that dtx was given");
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException("set it on the data source that dtx was given");
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("set it on the data source that dtx was given");
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("dtx logs with System.Logger");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("DTX-3011 a guarded data source cannot be unwrapped to " + type.getName(), "0A000");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
