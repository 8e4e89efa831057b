package io.dtx.runtime.participant.guard;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Rows, or the database's description of itself, inside a step. */
final class RowCalls extends GuardedCalls {

    private final @Nullable Object statement;

    private RowCalls(LocalTransaction transaction, Object target, @Nullable Object statement) {
        super(transaction, target);
        this.statement = statement;
    }

    static ResultSet guard(LocalTransaction transaction, ResultSet rows, @Nullable Object statement) {
        return (ResultSet) Proxy.newProxyInstance(
                RowCalls.class.getClassLoader(),
                new Class<?>[] {ResultSet.class},
                new RowCalls(transaction, rows, statement));
    }

    static DatabaseMetaData guard(LocalTransaction transaction, DatabaseMetaData description) {
        return (DatabaseMetaData) Proxy.newProxyInstance(
                RowCalls.class.getClassLoader(),
                new Class<?>[] {DatabaseMetaData.class},
                new RowCalls(transaction, description, null));
    }

    @Override
    @Nullable
    Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (returnsConnection(method)) {
            return transaction.handle();
        }
        if (method.getReturnType() == Statement.class) {
            if (statement == null) {
                throw new SQLException("DTX-3011 these rows belong to no statement of the step", "0A000");
            }
            return statement;
        }
        return guarded(forward(method, arguments), null);
    }
}
