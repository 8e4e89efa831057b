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

        String commit() {
            return tombstone
                    ? Points.tombstoneCommit(name)
                    : direction == 'D' ? Points.commit(name) : Points.undoCommit(name);
        }

        Effect effect() {
            return new Effect(transaction, StepNumber.ownersCall(step), name, direction != 'D', false);
        }
    }

    private Connection connection(Connection real) {
        @Nullable Row[] uncommitted = new Row[1];
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
                    return row == null
                            ? call(real, method, arguments)
                            : commit(row, real, () -> call(real, method, arguments));
                case "rollback":
                    if (arguments.length == 0) { // not to a savepoint
                        uncommitted[0] = null;
                    }
                    return call(real, method, arguments);
                case "close":
                    life.closed(real);
                    return call(real, method, arguments);
                default:
                    return call(real, method, arguments);
            }
        });
    }

    private PreparedStatement guard(
            String sql, PreparedStatement real, Connection connection, @Nullable Row[] uncommitted) {
        Map<Object, Object> parameters = new HashMap<>();
        return proxy(PreparedStatement.class, (method, arguments) -> {
            if (method.getName().startsWith("set") && arguments.length == 2) {
                parameters.put(arguments[0], String.valueOf(arguments[1]));
            }
            Row row = method.getName().equals("executeUpdate") ? row(sql, parameters) : null;
            if (row == null) {
                return call(real, method, arguments);
            }
            if (sql.endsWith("COMMIT")) { // row and commit in one round trip
                return commit(row, connection, () -> call(real, method, arguments));
            }
            pass(Points.BEFORE, row.row(), connection);
            Object inserted = call(real, method, arguments);
            if (isThere(inserted)) {
                uncommitted[0] = row;
            }
            pass(Points.AFTER, row.row(), connection);
            return inserted;
        });
    }

    private @Nullable Object commit(Row row, Connection connection, Trip trip) throws Throwable {
        pass(Points.BEFORE, row.commit(), connection);
        Object done = trip.go();
        if (isThere(done) && !row.tombstone()) {
            script.tookEffect(row.effect());
        }
        pass(Points.AFTER, row.commit(), connection);
        return done;
    }

    /** A session that was ended inserts no row. */
    private static boolean isThere(@Nullable Object inserted) {
        return !Integer.valueOf(0).equals(inserted);
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

    /** When the point breaks the connection, the database rolls back whatever is open on it. */
    private void pass(String when, String what, Connection connection) throws Exception {
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

    /** What goes to the database and comes back. */
    private interface Trip {
        @Nullable
        Object go() throws Throwable;
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
