package io.dtx.runtime.session;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A data source that does something before the callers of a pool's threads get a connection. */
final class HookedDataSource implements DataSource {
    private final DataSource to;
    volatile Runnable beforeConnection = () -> {};

    HookedDataSource(DataSource to) {
        this.to = to;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (Thread.currentThread().getName().startsWith("pool-")) {
            beforeConnection.run();
        }
        return to.getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return to.getConnection(user, password);
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return to.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        to.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        to.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return to.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return to.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return to.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return to.isWrapperFor(type);
    }
}
