package io.dtx.runtime.atomic;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;

/** A data source whose branches let a test step between, and say what they answer. */
final class WatchedXa {

    /** What happens around a call to a branch; what it throws, the caller gets. */
    interface Step {
        void pass(String call) throws Exception;
    }

    private WatchedXa() {}

    /**
     * Watches a data source.
     *
     * @param step is passed before and after each call, as {@code east:prepare:before}; {@code onePhase} is a call of its own,
     *     and before each connection is opened, as {@code east:connect}
     */
    static XADataSource watch(String name, XADataSource source, Step step) {
        return proxy(XADataSource.class, (self, method, arguments) -> {
            if (method.getName().equals("getXAConnection")) {
                step.pass(name + ":connect");
            }
            Object result = invoke(() -> method.invoke(source, arguments));
            return result instanceof XAConnection connection ? watch(name, connection, step) : result;
        });
    }

    private static XAConnection watch(String name, XAConnection connection, Step step) {
        return proxy(XAConnection.class, (self, method, arguments) -> {
            Object result = invoke(() -> method.invoke(connection, arguments));
            return result instanceof XAResource branch ? watch(name, branch, step) : result;
        });
    }

    private static XAResource watch(String name, XAResource branch, Step step) {
        return proxy(XAResource.class, (self, method, arguments) -> {
            boolean onePhase = method.getName().equals("commit") && (Boolean) arguments[1];
            String call = name + ":" + (onePhase ? "onePhase" : method.getName());
            step.pass(call + ":before");
            Object result = invoke(() -> method.invoke(branch, arguments));
            step.pass(call + ":after");
            return result;
        });
    }

    /**
     * Takes the guard out: the row of a commit in one phase does not ask for its session, and connections do not tell whose
     * they are.
     */
    static XADataSource unguarded(XADataSource source) {
        return proxy(XADataSource.class, (self, method, arguments) -> {
            Object result = invoke(() -> method.invoke(source, arguments));
            return result instanceof XAConnection connection
                    ? proxy(XAConnection.class, (proxy, call, parameters) -> {
                        Object got = invoke(() -> call.invoke(connection, parameters));
                        return got instanceof Connection plain ? unguarded(plain) : got;
                    })
                    : result;
        });
    }

    /** Takes another guard out: whoever commits takes XAER_NOTA for a branch that has committed, as stock recovery does. */
    static XADataSource believing(XADataSource source) {
        return proxy(XADataSource.class, (self, method, arguments) -> {
            Object result = invoke(() -> method.invoke(source, arguments));
            return result instanceof XAConnection connection
                    ? proxy(XAConnection.class, (proxy, call, parameters) -> {
                        Object got = invoke(() -> call.invoke(connection, parameters));
                        return got instanceof XAResource branch ? believing(branch) : got;
                    })
                    : result;
        });
    }

    private static XAResource believing(XAResource branch) {
        return proxy(XAResource.class, (self, method, arguments) -> {
            try {
                return invoke(() -> method.invoke(branch, arguments));
            } catch (XAException e) {
                if (method.getName().equals("commit") && e.errorCode == XAException.XAER_NOTA) {
                    return null;
                }
                throw e;
            }
        });
    }

    private static Connection unguarded(Connection connection) {
        return proxy(Connection.class, (self, method, arguments) -> {
            if (method.getName().equals("prepareStatement") && arguments[0] instanceof String sql) {
                arguments[0] = sql.contains("INTO") && sql.contains("pg_current_xact_id")
                        ? sql.replace("state = 'A'", "state <> 'X'").replace(" FOR SHARE", "")
                        : sql.replace("'application_name', ?", "'dtx.nobody', ?");
            }
            return invoke(() -> method.invoke(connection, arguments));
        });
    }

    private interface Call {
        Object run() throws Exception;
    }

    private static Object invoke(Call call) throws Throwable {
        try {
            return call.run();
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
