package io.dtx.cdi;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.util.Set;

/** Makes what is injected where the application names an interface of its own: the handle of a participant, a JMS context. */
public final class GuardedHandle implements SyntheticBeanCreator<Object> {

    static final String TYPE = "type";

    /** What has a producer. */
    private static final Set<String> PRODUCED = Set.of("javax.sql.DataSource", "jakarta.persistence.EntityManager");

    /** Creates the creator; containers do. */
    public GuardedHandle() {}

    /** Returns whether a type is one of handles. */
    static boolean isWanted(String type, boolean isInterface) {
        return isInterface && !PRODUCED.contains(type);
    }

    @Override
    public Object create(Instance<Object> lookup, Parameters parameters) {
        return create(parameters.get(TYPE, Class.class), lookup);
    }

    static Object create(Class<?> type, Instance<Object> lookup) {
        String name = DtxProducers.resource(lookup.select(InjectionPoint.class).get());
        DtxLifecycle lifecycle = lookup.select(DtxLifecycle.class).get();
        return LazyHandle.of(name, type, lifecycle::started);
    }
}
