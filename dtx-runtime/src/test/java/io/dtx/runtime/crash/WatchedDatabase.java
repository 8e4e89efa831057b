package io.dtx.runtime.crash;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source whose connections say what passes. */
final class WatchedDatabase {

    /** The statements that open or fence a session; not those that try the tables out, nor those that raise the mark. */
    private static final Pattern SESSION_ROW = Pattern.compile(
            "^INSERT INTO \\S*dtx_session .*VALUES \\(\\?|^UPDATE \\S*dtx_session SET state.*cluster = \\?");

    private final String resource;
    private final Points points;

    private WatchedDatabase(String resource, Points points) {
        this.resource = resource;
        this.points = points;
    }

    static DataSource of(String resource, DataSource source, Points points) {
        WatchedDatabase watched = new WatchedDatabase(resource, points);
        return wrap(
                DataSource.class,
                (method, arguments) -> method.getName().equals("getConnection")
                        ? watched.connection((Connection) call(source, method, arguments))
                        : call(source, method, arguments));
    }

    private Connection connection(Connection real) {
        String[] uncommitted = new String[1]; // the label of the guard row that waits for its commit
        return wrap(Connection.class, (method, arguments) -> {
            String label = uncommitted[0];
            switch (method.getName()) {
                case "prepareStatement":
                    PreparedStatement statement = (PreparedStatement) call(real, method, arguments);
                    return statement((String) arguments[0], statement, uncommitted);
                case "rollback", "close", "abort":
                    uncommitted[0] = null;
                    return call(real, method, arguments);
                case "commit":
                    if (label == null) {
                        return call(real, method, arguments);
                    }
                    points.pass("commit:" + label + ":before");
                    Object done = call(real, method, arguments);
                    uncommitted[0] = null;
                    points.pass("commit:" + label + ":after");
                    return done;
                default:
                    return call(real, method, arguments);
            }
        });
    }

    private PreparedStatement statement(String sql, PreparedStatement real, @Nullable String[] uncommitted) {
        if (!sql.startsWith("INSERT") && !sql.startsWith("UPDATE")) {
            return real;
        }
        Map<Object, Object> parameters = new HashMap<>();
        return wrap(PreparedStatement.class, (method, arguments) -> {
            if (method.getName().equals("setString")) {
                parameters.put(arguments[0], String.valueOf(arguments[1]));
            }
            if (!method.getName().equals("executeUpdate")) {
                return call(real, method, arguments);
            }
            boolean guard = sql.contains("dtx_guard")
                    && !String.valueOf(parameters.get(1)).startsWith("trial");
            boolean session = SESSION_ROW.matcher(sql).find();
            String label = null;
            if (guard) {
                label = resource + ":" + (sql.contains("'T'") ? "T" : parameters.get(3));
                points.pass("guard:" + label + ":before");
            } else if (session) {
                label = resource + ":" + (sql.contains("'F'") ? "F" : "A");
                points.pass("session:" + label + ":before");
            }
            Object done = call(real, method, arguments);
            if (guard) {
                uncommitted[0] = sql.contains("COMMIT") ? null : label;
                points.pass("guard:" + label + ":after");
            } else if (session) {
                points.pass("session:" + label + ":after");
            } else if (sql.startsWith("INSERT INTO effect")) {
                points.pass("body:" + resource + ":" + parameters.get(3));
            }
            return done;
        });
    }

    /** What a wrapped object does instead. */
    interface Call {
        @Nullable
        Object run(Method method, Object[] arguments) throws Throwable;
    }

    static <T> T wrap(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                WatchedDatabase.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.run(method, arguments)));
    }

    static @Nullable Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
