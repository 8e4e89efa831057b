package io.dtx.examples.quickstart;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.DataSource;
import org.apache.commons.dbutils.QueryRunner;
import org.apache.commons.dbutils.handlers.ScalarHandler;

/** Ends the process right after a payment's local commit: the worst moment, for nobody else knows of the payment yet. */
record PowerCut(Object real) implements InvocationHandler {
    static final int EXIT_CODE = 137; // as after kill -9
    private static final long PAYMENTS = Long.getLong("shop.power-cut", Long.MAX_VALUE);
    private static final String COUNT = "SELECT COUNT(*) FROM payments";

    /** Wraps a data source, so that the process ends once {@code shop.power-cut} payments are committed. */
    static DataSource in(DataSource real) {
        return (DataSource) wrapped(real, DataSource.class);
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        try {
            Object result = method.invoke(real, arguments);
            if (method.getName().equals("commit")
                    && new QueryRunner().query((Connection) real, COUNT, new ScalarHandler<Long>()) >= PAYMENTS) {
                Runtime.getRuntime().halt(EXIT_CODE);
            }
            return result instanceof Connection ? wrapped(result, Connection.class) : result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object wrapped(Object real, Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new PowerCut(real));
    }
}
