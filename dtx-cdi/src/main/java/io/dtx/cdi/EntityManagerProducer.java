package io.dtx.cdi;

import io.dtx.runtime.Dtx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;

/**
 * Entity managers of guarded resources. A class of its own: without Jakarta Persistence the container skips it, and nothing else.
 */
@ApplicationScoped
class EntityManagerProducer {

    @Inject
    DtxLifecycle lifecycle;

    @Produces
    @Guarded("")
    EntityManager entityManager(InjectionPoint target) {
        return lazy(DtxProducers.resource(target), lifecycle::started);
    }

    /** Returns an entity manager whose first use starts dtx, not its injection. */
    private static EntityManager lazy(String name, Supplier<Dtx> dtx) {
        return (EntityManager) Proxy.newProxyInstance(
                EntityManagerProducer.class.getClassLoader(),
                new Class<?>[] {EntityManager.class},
                (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return switch (method.getName()) {
                            case "equals" -> proxy == arguments[0];
                            case "hashCode" -> System.identityHashCode(proxy);
                            default -> "@Guarded(\"" + name + "\") EntityManager";
                        };
                    }
                    try {
                        return method.invoke(dtx.get().resource(name, EntityManager.class), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }
}
