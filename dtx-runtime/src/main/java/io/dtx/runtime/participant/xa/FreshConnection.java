package io.dtx.runtime.participant.xa;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.XAConnection;
import javax.sql.XADataSource;

/** A connection that no pool knows: closing it closes what is behind it. */
final class FreshConnection {

    private FreshConnection() {}

    static Connection open(XADataSource source) throws SQLException {
        XAConnection physical = source.getXAConnection();
        Connection connection;
        try {
            connection = physical.getConnection();
        } catch (SQLException e) {
            physical.close();
            throw e;
        }
        return (Connection) Proxy.newProxyInstance(
                FreshConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (self, method, arguments) -> {
                    try {
                        Object result = method.invoke(connection, arguments);
                        if (method.getName().equals("close")) {
                            physical.close();
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }
}
