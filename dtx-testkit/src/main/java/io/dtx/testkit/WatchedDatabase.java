package io.dtx.testkit;

import io.dtx.TransactionId;
import io.dtx.runtime.protocol.StepNumber;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One life's way to a database: its connections break when the life ends, and say which guard rows and commits they pass.
 * Everything else goes straight to the driver.
 */
final class WatchedDatabase {

    private final Life life;
    private final Script script;

    private WatchedDatabase(Life life, Script script) {
        this.life = life;
        this.script = script;
    }

    static DataSource of(Life life, Script script, DataSource real) {
        WatchedDatabase watched = new WatchedDatabase(life, script);
        return proxy(DataSource.class, (method, arguments) -> {
            if (!method.getName().equals("getConnection")) {
                return call(real, method, arguments);
            }
            return watched.connection(life.opened(cast(Connection.class, call(real, method, arguments))));
        });
    }

    /** A guard row that a connection has inserted and not yet committed. */
    private record Row(String transaction, long step, String name, char direction, boolean tombstone) {
        String row() {
            return tombstone ? Points.tombstone(name) : direction == 'D' ? Points.guardRow(name) : Points.undoRow(name);
        }

        @Nullable
        String commit() {
            return tombstone ? null : direction == 'D' ? Points.commit(name) : Points.undoCommit(name);
        }

        Effect effect() {
            return new Effect(transaction, StepNumber.ownersCall(step), name, direction != 'D', false);
        }
    }

    private Connection connection(Connection real) {
        Row[] uncommitted = new Row[1];
        return proxy(Connection.class, (method, arguments) -> {
            switch (method.getName()) {
                case "prepareStatement":
                    PreparedStatement statement = cast(PreparedStatement.class, call(real, method, arguments));
                    String sql = (String) arguments[0];
                    return sql.contains("dtx_guard") && sql.startsWith("INSERT")
                            ? guard(sql, statement, real, uncommitted)
                            : statement;
                case "commit":
                    Row row = uncommitted[0];
                    uncommitted[0] = null;
                    return row == null ? call(real, method, arguments) : commit(row, real, method, arguments);
                case "close":
                    life.closed(real);
                    return call(real, method, arguments);
                default:
                    return call(real, method, arguments);
            }
        });
    }

    private @Nullable Object commit(Row row, Connection real, Method method, Object[] arguments) throws Throwable {
        pass(Points.BEFORE, row.commit(), real);
        Object done = call(real, method, arguments);
        tookEffect(row);
        pass(Points.AFTER, row.commit(), real);
        return done;
    }

    private PreparedStatement guard(String sql, PreparedStatement real, Connection connection, Row[] uncommitted) {
        Map<Object, Object> parameters = new HashMap<>();
        return proxy(PreparedStatement.class, (method, arguments) -> {
            if (method.getName().startsWith("set") && arguments.length == 2) {
                parameters.put(arguments[0], String.valueOf(arguments[1]));
            }
            Row row = method.getName().equals("executeUpdate") ? row(sql, parameters) : null;
            if (row == null) {
                return call(real, method, arguments);
            }
            pass(Points.BEFORE, row.row(), connection);
            Object done = call(real, method, arguments);
            if (sql.contains("COMMIT")) { // row and commit in one round trip
                tookEffect(row);
            } else {
                uncommitted[0] = row;
            }
            pass(Points.AFTER, row.row(), connection);
            return done;
        });
    }

    /** Returns the row that is inserted; null if it is one that only tries the tables out. */
    private @Nullable Row row(String sql, Map<Object, Object> parameters) {
        String transaction = String.valueOf(parameters.get(1));
        try {
            TransactionId.parse(transaction);
        } catch (IllegalArgumentException e) {
            return null;
        }
        long step = Long.parseLong(String.valueOf(parameters.get(2)));
        char direction = String.valueOf(parameters.get(3)).charAt(0);
        return new Row(transaction, step, script.nameOf(transaction, step), direction, sql.contains("'T'"));
    }

    private void tookEffect(Row row) {
        if (!row.tombstone()) {
            script.tookEffect(row.effect());
        }
    }

    /** When the point breaks the connection, the database rolls back whatever is open on it. */
    private void pass(String when, @Nullable String what, Connection connection) throws Exception {
        if (what == null) {
            return;
        }
        try {
            script.pass(life, when + what);
        } catch (SQLException broken) {
            life.breakOff(connection);
            throw broken;
        }
    }

    private static <T> T cast(Class<T> type, @Nullable Object opened) {
        return Objects.requireNonNull(type.cast(opened));
    }

    /** What a stand-in does. */
    interface Call {
        @Nullable
        Object run(Method method, Object[] arguments) throws Throwable;
    }

    static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader() == null ? WatchedDatabase.class.getClassLoader() : type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.run(method, arguments == null ? new Object[0] : arguments)));
    }

    static @Nullable Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
