package io.dtx.runtime.simulation;

import io.dtx.runtime.simulation.SimulatedDatabase.Answer;
import io.dtx.runtime.simulation.kernel.Kernel;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A connection to a {@link SimulatedDatabase}, which breaks now and then. */
final class SimulatedConnection implements InvocationHandler {

    private static final int LOCK_TIMEOUT_MILLIS = 1_000;

    private final SimulatedDatabase database;
    private final Kernel kernel;
    private final Faults faults;
    private LocalWork work;
    private int isolation;
    private int lockTimeoutMillis = LOCK_TIMEOUT_MILLIS;
    private boolean autoCommit = true;
    private boolean closed;
    private boolean cancelled;

    private SimulatedConnection(SimulatedDatabase database) {
        this.database = database;
        this.kernel = database.kernel;
        this.faults = database.faults;
        this.isolation = database.isolation;
        this.work = new LocalWork(kernel.domain());
    }

    /** Returns a source of connections to a database. */
    static DataSource source(SimulatedDatabase database) {
        return proxy(DataSource.class, (self, method, arguments) -> {
            if (!method.getName().equals("getConnection")) {
                throw new UnsupportedOperationException(method.getName());
            }
            Kernel.point();
            if (database.faults.strikes(FaultKind.DATABASE_REFUSES)) {
                throw new SQLException("no connection", "08001");
            }
            return proxy(Connection.class, new SimulatedConnection(database));
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler calls) {
        return type.cast(
                Proxy.newProxyInstance(SimulatedConnection.class.getClassLoader(), new Class<?>[] {type}, calls));
    }

    SimulatedDatabase database() {
        return database;
    }

    LocalWork work() {
        return work;
    }

    int lockTimeoutMillis() {
        return lockTimeoutMillis;
    }

    void lockTimeoutMillis(int millis) {
        lockTimeoutMillis = millis;
    }

    /** A statement of the transaction comes. */
    void begin() {
        if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
            work.readFrom(database.commits());
        }
    }

    void requireOpen() throws SQLException {
        if (closed) {
            throw new SQLException("the connection is closed", "08003");
        }
        if (cancelled) {
            cancelled = false;
            throw new SQLException("cancelled", "57014");
        }
    }

    @Override
    public @Nullable Object invoke(Object self, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        @Nullable Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
        switch (method.getName()) {
            case "getMetaData":
                return proxy(DatabaseMetaData.class, (it, asked, values) -> "H2");
            case "getSchema":
                return "PUBLIC";
            case "getAutoCommit":
                return autoCommit;
            case "setAutoCommit":
                autoCommit = first != null && (Boolean) first;
                return null;
            case "getTransactionIsolation":
                return isolation;
            case "setTransactionIsolation":
                isolation = first == null ? isolation : (Integer) first;
                return null;
            case "setNetworkTimeout":
                return null;
            case "isClosed":
                return closed;
            case "setSavepoint":
                return proxy(Savepoint.class, (it, asked, values) -> null);
            case "createStatement":
                return statement(Statement.class, null);
            case "prepareStatement":
                return statement(PreparedStatement.class, (String) first);
            case "commit":
                commit();
                return null;
            case "rollback":
                if (first == null) {
                    travel();
                    database.rollback(work);
                    work = new LocalWork(kernel.domain());
                }
                return null; // to a savepoint: a statement that failed has changed nothing
            case "close":
                closed = true;
                database.rollback(work);
                return null;
            case "abort":
                closed = true;
                database.abandon(work);
                return null;
            case "hashCode":
                return 1;
            case "toString":
                return "connection";
            default:
                throw new UnsupportedOperationException(method.getName());
        }
    }

    private void travel() throws SQLException {
        kernel.pauseNanos(kernel.chance().between(5_000, 400_000));
        if (faults.strikes(FaultKind.DATABASE_SLOW)) {
            kernel.pauseNanos(kernel.chance().between(10_000_000, 900_000_000));
        }
        if (faults.strikes(FaultKind.DATABASE_HANGS)) {
            faults.hang(kernel, kernel.chance().between(2_000_000_000L, 6_000_000_000L));
        }
        requireOpen();
    }

    private SQLException broken() {
        closed = true;
        return new SQLException("the connection broke", "08006");
    }

    private void commit() throws SQLException {
        travel();
        LocalWork ending = work;
        work = new LocalWork(kernel.domain());
        if (faults.strikes(FaultKind.COMMIT_LOST)) {
            database.abandon(ending);
            throw broken();
        }
        if (faults.strikes(FaultKind.COMMIT_LATE)) {
            database.commitLate(ending);
            throw broken();
        }
        database.commit(ending);
        if (faults.strikes(FaultKind.COMMIT_NOT_ANSWERED)) {
            throw broken();
        }
        kernel.pauseNanos(kernel.chance().between(5_000, 400_000));
    }

    private Answer execute(String sql, @Nullable Object[] values) throws SQLException {
        travel();
        if (faults.strikes(FaultKind.DATABASE_BREAKS)) {
            database.abandon(work);
            throw broken();
        }
        if (faults.strikes(FaultKind.DEADLOCK)) {
            database.rollback(work);
            work = new LocalWork(kernel.domain());
            throw new SQLException("deadlock", "40001");
        }
        try {
            Answer answer = Sql.execute(this, sql, values);
            if (autoCommit) {
                commit();
            }
            return answer;
        } catch (SQLException e) {
            kernel.note(() -> e + " " + e.getSQLState() + ": " + sql);
            throw e;
        }
    }

    private Object statement(Class<? extends Statement> type, @Nullable String prepared) {
        @Nullable Object[] values = new @Nullable Object[12];
        return proxy(type, (self, method, arguments) -> {
            String name = method.getName();
            if (name.startsWith("set") && arguments != null && arguments.length == 2) {
                values[(Integer) arguments[0] - 1] = arguments[1];
                return null;
            }
            if (name.startsWith("execute")) {
                String sql = prepared != null || arguments == null ? prepared : (String) arguments[0];
                Answer answer = execute(String.valueOf(sql), values);
                return switch (name) {
                    case "executeQuery" -> rows(answer.rows() == null ? List.of() : answer.rows());
                    case "executeUpdate" -> answer.count();
                    default -> answer.rows() != null;
                };
            }
            switch (name) {
                case "close":
                    return null;
                case "cancel":
                    cancelled = true;
                    return null;
                default:
                    throw new UnsupportedOperationException(name);
            }
        });
    }

    private static ResultSet rows(List<Object[]> rows) {
        int[] at = {-1};
        return proxy(ResultSet.class, (self, method, arguments) -> {
            switch (method.getName()) {
                case "next":
                    return ++at[0] < rows.size();
                case "close":
                    return null;
                default:
                    break;
            }
            Object value = arguments == null ? "" : rows.get(at[0])[(Integer) arguments[0] - 1];
            return switch (method.getName()) {
                case "getLong" -> ((Number) value).longValue();
                case "getInt" -> ((Number) value).intValue();
                case "getBytes" -> value instanceof byte[] bytes ? bytes : null;
                default -> String.valueOf(value);
            };
        });
    }
}
