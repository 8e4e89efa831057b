package io.dtx.runtime.participant.xa;

import io.dtx.StepContext;
import io.dtx.spi.Contexts;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What business code works with: inside an ATOMIC transaction the transaction's connection, outside of transactions a plain one.
 */
final class AtomicDataSource implements DataSource {

    private final PooledResource resource;

    AtomicDataSource(PooledResource resource) {
        this.resource = resource;
    }

    @Override
    public Connection getConnection() throws SQLException {
        StepContext step = Contexts.step();
        if (step != null) {
            throw new SQLException("DTX-3536 step " + step.stepName() + " uses resource \"" + resource.name()
                    + "\", which takes part in ATOMIC transactions only: nothing would undo what the step does there."
                    + " Register the database with .resource(name, dataSource) for sagas.");
        }
        return resource.pool().getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException(
                "DTX-3537 resource \"" + resource.name() + "\" has one user, that of its XADataSource");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : resource.pool().unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || resource.pool().isWrapperFor(type);
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("io.dtx");
    }

    @Override
    public String toString() {
        return "ATOMIC resource " + resource.name();
    }
}
