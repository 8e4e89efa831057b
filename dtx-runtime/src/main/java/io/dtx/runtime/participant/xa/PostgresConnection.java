package io.dtx.runtime.participant.xa;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.ConnectionEventListener;
import javax.sql.StatementEventListener;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** A connection of PostgreSQL's driver, with branches of our own. */
record PostgresConnection(XAConnection driver, PostgresBranch branch) implements XAConnection {

    private static final String DRIVER = "org.postgresql.xa.PGXAConnection";
    private static final String OBJECT_NOT_IN_STATE = "55000";

    /** Returns a connection with branches of our own, if it is one of PostgreSQL's driver, and any other as it is. */
    static XAConnection of(XAConnection connection) throws SQLException {
        if (!connection.getClass().getName().equals(DRIVER)) {
            return connection;
        }
        try {
            Connection physical = connection.getConnection().unwrap(Connection.class);
            return new PostgresConnection(connection, new PostgresBranch(connection.getXAResource(), physical));
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public XAResource getXAResource() {
        return branch;
    }

    /**
     * Returns a handle that ends no branch. The driver knows of none that is open and would commit it with the change to
     * auto-commit that a pool makes when it takes a connection back; and would roll it back for another handle.
     */
    @Override
    public Connection getConnection() throws SQLException {
        if (branch.isOpen()) {
            throw new SQLException(
                    "DTX-3550 a connection of PostgreSQL was asked for again while a branch is open on it");
        }
        Connection handle = driver.getConnection();
        return (Connection) Proxy.newProxyInstance(
                PostgresConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (self, method, arguments) -> call(handle, method, arguments));
    }

    private @Nullable Object call(Connection handle, Method method, Object @Nullable [] arguments) throws Throwable {
        if (branch.isOpen() && endsTransaction(method.getName(), arguments)) {
            throw new SQLException(
                    "DTX-3551 " + method.getName()
                            + " is called on a connection of PostgreSQL while a branch is open on it,"
                            + " which only its transaction ends",
                    OBJECT_NOT_IN_STATE);
        }
        try {
            return method.invoke(handle, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private static boolean endsTransaction(String method, Object @Nullable [] arguments) {
        return switch (method) {
            case "commit", "rollback" -> true;
            case "setAutoCommit" -> arguments != null && (Boolean) arguments[0];
            default -> false;
        };
    }

    @Override
    public void close() throws SQLException {
        driver.close();
    }

    @Override
    public void addConnectionEventListener(ConnectionEventListener listener) {
        driver.addConnectionEventListener(listener);
    }

    @Override
    public void removeConnectionEventListener(ConnectionEventListener listener) {
        driver.removeConnectionEventListener(listener);
    }

    @Override
    public void addStatementEventListener(StatementEventListener listener) {
        driver.addStatementEventListener(listener);
    }

    @Override
    public void removeStatementEventListener(StatementEventListener listener) {
        driver.removeStatementEventListener(listener);
    }
}
