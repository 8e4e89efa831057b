package io.dtx.runtime.participant.guard;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;

/**
 * A JDBC object of a step as business code sees it: calls go to the driver's object, and every error on its way back is
 * shown to the transaction.
 *
 * <p>java.lang.reflect.Proxy, because JDBC's four interfaces have some five hundred methods and a call through it costs well
 * below a microsecond.
 */
abstract class GuardedCalls implements InvocationHandler {

    final LocalTransaction transaction;
    private final Object target;

    GuardedCalls(LocalTransaction transaction, Object target) {
        this.transaction = transaction;
        this.target = target;
    }

    @Override
    public final @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "guarded " + target;
            };
        }
        if (method.getDeclaringClass() == Wrapper.class) {
            return unwrap(proxy, method, (Class<?>) arguments(arguments)[0]);
        }
        return call(proxy, method, arguments(arguments));
    }

    abstract @Nullable Object call(Object proxy, Method method, Object[] arguments) throws Throwable;

    /** Calls the driver's object. */
    final @Nullable Object forward(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getTargetException();
            if (cause instanceof SQLException failure) {
                transaction.failed(failure);
            }
            throw cause;
        }
    }

    /** Wraps rows in turn, and nothing else. */
    final @Nullable Object guarded(@Nullable Object result, @Nullable Object statement) {
        return result instanceof ResultSet rows ? RowCalls.guard(transaction, rows, statement) : result;
    }

    private static Object unwrap(Object proxy, Method method, Class<?> type) throws SQLException {
        boolean self = type.isInstance(proxy);
        if (method.getName().equals("isWrapperFor")) {
            return self;
        }
        if (self) {
            return proxy;
        }
        throw new SQLException(
                "DTX-3011 a guarded connection cannot be unwrapped to " + type.getName()
                        + " inside a step: what is done"
                        + " behind dtx's back could commit, or fail unseen. Do it outside of steps.",
                "0A000");
    }

    private static Object[] arguments(Object @Nullable [] arguments) {
        return arguments == null ? new Object[0] : arguments;
    }

    static SQLException refused(LocalTransaction transaction, String what, String fix) {
        return new SQLException("DTX-3011 " + what + " is not allowed in " + transaction.use() + ": " + fix, "2D000");
    }

    static boolean returnsConnection(Method method) {
        return method.getReturnType() == Connection.class;
    }
}
