package io.dtx.cdi;

import io.dtx.runtime.Dtx;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A registered resource by its name, as an interface: an entity manager, the handle of a participant, a JMS context. Its first use
 * starts dtx, not its injection.
 */
final class LazyHandle implements InvocationHandler {

    private final String name;
    private final Class<?> type;
    private final Supplier<Dtx> dtx;

    private LazyHandle(String name, Class<?> type, Supplier<Dtx> dtx) {
        this.name = name;
        this.type = type;
        this.dtx = dtx;
    }

    static <T> T of(String name, Class<T> type, Supplier<Dtx> dtx) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new LazyHandle(name, type, dtx));
        return type.cast(proxy);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "@Guarded(\"" + name + "\") " + type.getSimpleName();
            };
        }
        method.trySetAccessible(); // of an interface that is not public
        try {
            return method.invoke(dtx.get().resource(name, type), arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
