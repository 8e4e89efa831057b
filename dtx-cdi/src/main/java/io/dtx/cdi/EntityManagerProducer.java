package io.dtx.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

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
        return LazyHandle.of(DtxProducers.resource(target), EntityManager.class, lifecycle::started);
    }
}
