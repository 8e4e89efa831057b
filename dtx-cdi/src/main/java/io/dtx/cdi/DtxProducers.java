package io.dtx.cdi;

import io.dtx.DtxException;
import io.dtx.runtime.Dtx;
import io.dtx.spi.StepGateway;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** What can be injected: {@link Dtx}, which starts it; the gateway of woven beans and guarded resources, which do not. */
@ApplicationScoped
class DtxProducers {

    @Inject
    DtxLifecycle lifecycle;

    @Produces
    @Singleton
    Dtx dtx() {
        return lifecycle.started();
    }

    // Of a normal scope, so that beans that a container may passivate can have it.
    @Produces
    @ApplicationScoped
    StepGateway gateway() {
        return new LazyGateway(lifecycle::started, lifecycle::ambientTransaction);
    }

    @Produces
    @Guarded("")
    DataSource dataSource(InjectionPoint target) {
        return new LazyDataSource(resource(target), lifecycle::started);
    }

    /** Returns the name that an injection point asks for. */
    static String resource(InjectionPoint target) {
        return target.getQualifiers().stream()
                .filter(Guarded.class::isInstance)
                .map(each -> ((Guarded) each).value())
                .findFirst()
                .orElseThrow(() -> new DtxException(
                        null,
                        "DTX-6004 nothing says which guarded resource is meant: inject it with @Guarded(name).",
                        null));
    }
}
