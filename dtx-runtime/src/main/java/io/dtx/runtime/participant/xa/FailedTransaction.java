package io.dtx.runtime.participant.xa;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;

/**
 * Finds a transaction of PostgreSQL that has failed. Business code may have caught the exception of the statement; the server
 * then answers to PREPARE TRANSACTION by rolling back, and its driver does not tell: a branch without effect would be taken for
 * a prepared one, and the others would commit.
 */
final class FailedTransaction {

    private static final String DRIVER = "org.postgresql.core.BaseConnection";
    private static final States STATE = new States();

    private FailedTransaction() {}

    /** Throws XA_RBROLLBACK if the connection's transaction can only roll back. */
    static void refuse(Object connection) throws XAException {
        if (!(connection instanceof Connection jdbc)) {
            return;
        }
        try {
            if (hasFailed(jdbc)) {
                XAException failed = new XAException("a statement of the transaction has failed");
                failed.errorCode = XAException.XA_RBROLLBACK;
                throw failed;
            }
        } catch (SQLException e) {
            throw InDoubt.failed(e);
        }
    }

    private static boolean hasFailed(Connection connection) throws SQLException {
        Connection driver = connection.unwrap(Connection.class);
        Method known = STATE.get(driver.getClass()).method();
        if (known != null && known.getDeclaringClass().isInstance(driver)) {
            return hasFailed(known, driver, connection);
        }
        DatabaseMetaData database = connection.getMetaData();
        if (!database.getDatabaseProductName().equals("PostgreSQL")) {
            return false;
        }
        known = STATE.get(database.getClass()).method();
        return known == null
                ? !answers(connection) // another driver: the server is asked
                : hasFailed(known, connection.unwrap(known.getDeclaringClass()), connection);
    }

    private static boolean hasFailed(Method state, Object driver, Connection connection) throws SQLException {
        try {
            return "FAILED".equals(String.valueOf(state.invoke(driver)));
        } catch (IllegalAccessException | InvocationTargetException e) {
            return !answers(connection);
        }
    }

    /** How a driver, known by a class of it, tells the state of a transaction; null: it does not. */
    private record StateOf(@Nullable Method method) {}

    private static final class States extends ClassValue<StateOf> {

        @Override
        protected StateOf computeValue(Class<?> ofDriver) {
            try {
                Class<?> driver = Class.forName(DRIVER, false, ofDriver.getClassLoader());
                return new StateOf(driver.getMethod("getTransactionState"));
            } catch (ClassNotFoundException | NoSuchMethodException e) {
                return new StateOf(null);
            }
        }
    }

    private static boolean answers(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
            return true;
        } catch (SQLException e) {
            if ("25P02".equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }
}
