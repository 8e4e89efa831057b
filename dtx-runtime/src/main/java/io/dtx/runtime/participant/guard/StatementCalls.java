package io.dtx.runtime.participant.guard;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A statement inside a step. */
final class StatementCalls extends GuardedCalls {

    private final Statement statement;

    private StatementCalls(LocalTransaction transaction, Statement statement) {
        super(transaction, statement);
        this.statement = statement;
    }

    static Statement guard(LocalTransaction transaction, Statement statement) {
        Class<?> type = statement instanceof CallableStatement
                ? CallableStatement.class
                : statement instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
        return (Statement) Proxy.newProxyInstance(
                StatementCalls.class.getClassLoader(),
                new Class<?>[] {type},
                new StatementCalls(transaction, statement));
    }

    @Override
    @Nullable
    Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        if (returnsConnection(method)) {
            return transaction.handle();
        }
        if (!name.startsWith("execute") && !name.equals("addBatch")) {
            return guarded(forward(method, arguments), proxy);
        }
        transaction.requireUsable();
        if (arguments.length > 0 && arguments[0] instanceof String sql) {
            StepSql.check(sql, transaction);
        }
        transaction.running(statement);
        try {
            return guarded(forward(method, arguments), proxy);
        } finally {
            transaction.running(null);
        }
    }
}
