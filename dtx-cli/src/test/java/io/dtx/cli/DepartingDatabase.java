package io.dtx.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A database that goes away with the answer to a commit, and comes back when it is told. */
final class DepartingDatabase {

    private final DataSource database;
    private volatile boolean departing;
    private volatile boolean away;

    DepartingDatabase(DataSource database) {
        this.database = database;
    }

    void departAfterCommit() {
        departing = true;
    }

    void comeBack() {
        away = false;
    }

    DataSource source() {
        return proxy(DataSource.class, (self, method, arguments) -> {
            if (away) {
                throw new SQLException("planted: away", "08001");
            }
            Object result = call(database, method, arguments);
            return result instanceof Connection connection ? watched(connection) : result;
        });
    }

    private Connection watched(Connection connection) {
        return proxy(Connection.class, (self, method, arguments) -> {
            Object result = call(connection, method, arguments);
            if (departing && method.getName().equals("commit")) {
                departing = false;
                away = true;
                throw new SQLException("planted: no answer", "08006");
            }
            return result;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object call(Object on, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
