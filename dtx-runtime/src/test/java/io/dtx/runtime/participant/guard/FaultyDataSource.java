package io.dtx.runtime.participant.guard;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A driver that misbehaves as a test asks: something happens before or after each JDBC call. */
final class FaultyDataSource {

    private FaultyDataSource() {}

    /** What goes wrong. */
    interface Fault {
        /** Is asked before a call; {@code sql} is the text of the call or of its prepared statement, else empty. */
        default void before(Method method, String sql) throws SQLException {}

        /** Is asked after a call that went well. */
        default void after(Method method, String sql) throws SQLException {}
    }

    static DataSource over(DataSource dataSource, Fault fault) {
        return (DataSource) wrap(DataSource.class, dataSource, fault, "");
    }

    private static Object wrap(Class<?> type, Object target, Fault fault, String prepared) {
        InvocationHandler handler = (self, method, arguments) -> {
            String sql = arguments != null && arguments[0] instanceof String text ? text : prepared;
            fault.before(method, sql);
            Object result = call(target, method, arguments);
            fault.after(method, sql);
            Class<?> jdbc = jdbcType(result);
            return result == null || jdbc == null ? result : wrap(jdbc, result, fault, sql);
        };
        return Proxy.newProxyInstance(FaultyDataSource.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static @Nullable Class<?> jdbcType(@Nullable Object result) {
        for (Class<?> each : new Class<?>[] {
            CallableStatement.class, PreparedStatement.class, Statement.class, ResultSet.class, Connection.class
        }) {
            if (each.isInstance(result)) {
                return each;
            }
        }
        return null;
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
