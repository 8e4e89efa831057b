package io.dtx.runtime.participant.guard.checker;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source whose connections stop the actor of the thread before each statement on the tables, and before commits. */
final class SteppedDataSource {

    private SteppedDataSource() {}

    static DataSource over(DataSource dataSource) {
        return proxy(DataSource.class, (self, method, arguments) -> {
            Object result = call(dataSource, method, arguments);
            return result instanceof Connection connection ? connection(connection) : result;
        });
    }

    private static Connection connection(Connection connection) {
        return proxy(Connection.class, new InvocationHandler() {

            private boolean wrote;

            @Override
            public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments) throws Throwable {
                Actor actor = Actor.current();
                if (actor != null
                        && arguments != null
                        && arguments[0] instanceof String sql
                        && makesStatement(method)) {
                    String rewritten = actor.rewrite(sql);
                    arguments[0] = rewritten;
                    PreparedStatement statement = (PreparedStatement) call(connection, method, arguments);
                    return proxy(PreparedStatement.class, (s, m, a) -> step(statement, m, a, rewritten));
                }
                if (makesStatement(method)) {
                    Statement statement = (Statement) call(connection, method, arguments);
                    Class<? extends Statement> type =
                            statement instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
                    return proxy(type, (s, m, a) -> step(statement, m, a, ""));
                }
                if (actor != null && wrote && method.getName().equals("commit")) {
                    actor.gate();
                }
                return call(connection, method, arguments);
            }

            private @Nullable Object step(
                    Statement statement, Method method, Object @Nullable [] arguments, String prepared)
                    throws Throwable {
                Actor actor = Actor.current();
                if (actor != null && method.getName().startsWith("execute")) {
                    String sql = arguments != null && arguments[0] instanceof String text ? text : prepared;
                    if (sql.contains("dtx_") || sql.contains("effect")) {
                        wrote |= !sql.toUpperCase(Locale.ROOT).startsWith("SELECT");
                        actor.gate();
                    }
                }
                return call(statement, method, arguments);
            }
        });
    }

    private static boolean makesStatement(Method method) {
        return Statement.class.isAssignableFrom(method.getReturnType());
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(SteppedDataSource.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
