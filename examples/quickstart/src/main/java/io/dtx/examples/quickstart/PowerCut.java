package io.dtx.examples.quickstart;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * Ends the process as if its power were cut, right after the database has committed the {@code shop.power-cut}-th payment: the
 * worst moment, as nobody else knows of it yet.
 */
final class PowerCut implements InvocationHandler {

    /** The exit code of a process that is gone; the same as after kill -9. */
    static final int EXIT_CODE = 137;

    private static final AtomicInteger PAYMENTS_LEFT = new AtomicInteger(Integer.getInteger("shop.power-cut", 0));

    private final Object real;
    private boolean pays;

    private PowerCut(Object real) {
        this.real = real;
    }

    static DataSource in(DataSource real) {
        return PAYMENTS_LEFT.get() == 0 ? real : around(DataSource.class, real);
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        Object result;
        try {
            result = method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        switch (method.getName()) {
            case "getConnection" -> result = around(Connection.class, result);
            case "prepareStatement" -> pays |= String.valueOf(arguments[0]).startsWith("INSERT INTO payments");
            case "rollback" -> pays = false;
            case "commit" -> {
                if (pays && PAYMENTS_LEFT.decrementAndGet() == 0) {
                    Runtime.getRuntime().halt(EXIT_CODE);
                }
                pays = false;
            }
            default -> {}
        }
        return result;
    }

    private static <T> T around(Class<T> type, Object real) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new PowerCut(real)));
    }
}
