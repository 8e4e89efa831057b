package io.dtx.cdi;

import io.dtx.DtxException;
import io.dtx.runtime.Dtx;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepGateway;
import io.dtx.spi.WovenGateway;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The container's one {@link Dtx}: configured by the application's observers of {@link Dtx.Builder} and started on first use, at
 * the latest when the container is up, or the application in it; closed when the container goes down, after everybody else. Thread-safe.
 */
@ApplicationScoped
class DtxLifecycle {

    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Dtx running;
    private @Nullable RuntimeException failure;
    private boolean stopped;
    private volatile List<WovenGateway> woven = List.of();

    @Inject
    BeanManager beans;

    @Inject
    Event<Dtx.Builder> configuration;

    @Inject
    Instance<RequestContextController> requestContexts;

    /** Where woven calls enter, like those of generated classes: the first one starts dtx. */
    @Inject
    StepGateway gateway;

    /** Containers that remove unused beans keep those that somebody could look up. */
    @Inject
    @Any
    Instance<ParticipantBean> participants;

    /** The same for those that are no {@link ParticipantBean}. */
    @Inject
    @Participating
    Instance<Object> otherParticipants;

    /**
     * Returns the started Dtx.
     *
     * @throws DtxException if it cannot be started; from then on always the same
     */
    Dtx started() {
        Dtx present = running;
        return present != null ? present : start();
    }

    AmbientTransaction ambientTransaction() {
        return AmbientTransaction.in(beans);
    }

    void checkWeaving(
            @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.PLATFORM_BEFORE) Object up) {
        ContainerCheck.refuseUnwoven(beans);
        woven = ContainerParticipants.gateways(beans);
        try {
            woven.forEach(each -> each.bind(gateway));
        } catch (DtxException e) {
            unbind();
            throw e;
        }
    }

    /**
     * Not when the container is initialized: that of Quarkus is before the application is, or when an image is built, and there are
     * neither pools nor configuration yet.
     */
    void startAtTheLatest(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) Startup up) {
        if (ContainerParticipants.exist(beans)
                || !beans.resolveObserverMethods(Dtx.builder()).isEmpty()) {
            started();
        }
    }

    void stopLast(@Observes @BeforeDestroyed(ApplicationScoped.class) @Priority(Integer.MAX_VALUE) Object down) {
        lock.lock();
        try {
            stopped = true;
            Dtx present = running;
            if (present != null) {
                present.close();
            }
        } finally {
            unbind();
            lock.unlock();
        }
    }

    private void unbind() {
        woven.forEach(each -> each.unbind(gateway));
    }

    private Dtx start() {
        if (lock.isHeldByCurrentThread()) {
            throw new DtxException(
                    null,
                    "DTX-6001 dtx is used while it is being configured: the bean that observes Dtx.Builder, or one that it"
                            + " needs, has Dtx injected or runs a transaction. Move the observer to a bean of its own,"
                            + " or inject Instance<Dtx>.",
                    null);
        }
        lock.lock();
        try {
            Dtx present = running;
            if (present == null) {
                refuseHopeless();
                present = configureAndStart();
                running = present;
            }
            return present;
        } finally {
            lock.unlock();
        }
    }

    private void refuseHopeless() {
        if (stopped) {
            throw new DtxException(
                    null,
                    "DTX-6002 dtx is used for the first time while its container goes down: it stays closed.",
                    null);
        }
        RuntimeException earlier = failure;
        if (earlier != null) {
            throw new DtxException(
                    null,
                    "DTX-6003 dtx could not be started, and is not tried again: " + earlier.getMessage(),
                    earlier);
        }
    }

    private Dtx configureAndStart() {
        try {
            ContainerCheck.refuseUnwoven(beans);
            Dtx.Builder builder = Dtx.builder();
            configuration.fire(builder);
            Dtx dtx = builder.build();
            try {
                ContainerParticipants.register(dtx, beans, requestContexts);
                ContainerCheck.refuseUnknownResources(beans, dtx);
                dtx.start();
                return dtx;
            } catch (RuntimeException e) {
                dtx.close();
                throw e;
            }
        } catch (RuntimeException e) {
            failure = e;
            unbind(); // nobody stops a container that did not start
            throw e;
        }
    }
}
