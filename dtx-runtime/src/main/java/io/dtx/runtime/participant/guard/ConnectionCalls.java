package io.dtx.runtime.participant.guard;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a step. While the step is open the transaction's end is not for business code; while it is completing,
 * commit means guard row and commit, and rollback fails the step.
 */
final class ConnectionCalls extends GuardedCalls {

    private ConnectionCalls(LocalTransaction transaction, Connection connection) {
        super(transaction, connection);
    }

    static Connection handle(LocalTransaction transaction, Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                ConnectionCalls.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new ConnectionCalls(transaction, connection));
    }

    @Override
    @Nullable
    Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
        switch (method.getName()) {
            case "close":
                return null;
            case "isClosed":
                return transaction.state() == LocalTransaction.State.ENDED;
            case "getAutoCommit":
                return false;
            case "setAutoCommit":
                if ((Boolean) arguments[0]) {
                    throw refused(transaction, "setAutoCommit(true)", "dtx commits when the method returns.");
                }
                return null;
            case "commit":
                commit();
                return null;
            case "rollback":
                if (arguments.length == 0) {
                    rollback();
                    return null;
                }
                break;
            case "abort":
                throw refused(transaction, "abort()", "throw an exception from the method to roll back.");
            case "setReadOnly":
                if ((Boolean) arguments[0]) {
                    throw refused(transaction, "setReadOnly(true)", "a step ends with the insert of its guard row.");
                }
                return null;
            case "setTransactionIsolation", "setSchema", "setCatalog":
                rememberSetting(method.getName(), transaction.connection());
                break;
            case "getMetaData":
                return RowCalls.guard(transaction, (DatabaseMetaData) forwarded(method, arguments));
            default:
                break;
        }
        return pass(method, arguments);
    }

    /** What a step sets on the connection ends with the step. */
    private void rememberSetting(String setter, Connection connection) throws SQLException {
        switch (setter) {
            case "setSchema" -> {
                String schema = connection.getSchema();
                transaction.afterwards(ended -> ended.setSchema(schema));
            }
            case "setCatalog" -> {
                String catalog = connection.getCatalog();
                transaction.afterwards(ended -> ended.setCatalog(catalog));
            }
            default -> {
                int isolation = connection.getTransactionIsolation();
                transaction.afterwards(ended -> ended.setTransactionIsolation(isolation));
                transaction.lockSession(); // sound at every level
            }
        }
    }

    private @Nullable Object pass(Method method, Object[] arguments) throws Throwable {
        boolean makesStatement = Statement.class.isAssignableFrom(method.getReturnType());
        if (makesStatement || method.getName().contains("avepoint")) {
            transaction.requireUsable();
            if (arguments.length > 0 && arguments[0] instanceof String sql && makesStatement) {
                StepSql.check(sql, transaction);
            }
        }
        return makesStatement
                ? StatementCalls.guard(transaction, (Statement) forwarded(method, arguments))
                : forward(method, arguments);
    }

    private Object forwarded(Method method, Object[] arguments) throws Throwable {
        Object result = forward(method, arguments);
        if (result == null) {
            throw new SQLException("DTX-3098 the driver returned nothing from " + method.getName());
        }
        return result;
    }

    private void commit() throws SQLException {
        if (transaction.state() != LocalTransaction.State.COMPLETING) {
            throw refused(transaction, "commit()", "dtx commits when the method returns.");
        }
        Ended ended = transaction.commit();
        if (!ended.is(Ended.Kind.COMMITTED)) {
            throw new SQLException("DTX-3012 " + transaction.use() + " was not committed", "40000", ended.failure());
        }
    }

    private void rollback() throws SQLException {
        if (transaction.state() == LocalTransaction.State.ENDED) {
            return; // nothing is left of it
        }
        if (transaction.state() != LocalTransaction.State.COMPLETING) {
            throw refused(transaction, "rollback()", "throw an exception from the method to roll back.");
        }
        transaction.rollBack(
                new SQLException("DTX-3012 " + transaction.use() + " was rolled back on completion", "40000"));
    }
}
