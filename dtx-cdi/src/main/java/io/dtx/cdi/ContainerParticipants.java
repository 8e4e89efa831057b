package io.dtx.cdi;

import io.dtx.DtxException;
import io.dtx.runtime.Dtx;
import io.dtx.spi.GeneratedCalls;
import io.dtx.spi.Participant;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.Woven;
import io.dtx.spi.WovenGateway;
import jakarta.enterprise.context.ConversationScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The container's beans whose calls enter dtx: whose steps can be compensated here. */
final class ContainerParticipants {

    /** Their instances belong to a client: there is none when a compensation is due. */
    private static final Set<Class<? extends Annotation>> OF_A_CLIENT =
            Set.of(SessionScoped.class, ConversationScoped.class);

    private ContainerParticipants() {}

    static boolean exist(BeanManager beans) {
        return all(beans).findAny().isPresent();
    }

    /** Registers all of them. */
    static void register(Dtx dtx, BeanManager beans, Instance<RequestContextController> requestContexts) {
        all(beans).forEach(bean -> {
            Class<?> type = bean.getBeanClass();
            if (OF_A_CLIENT.contains(bean.getScope())) {
                refuseCompensable(type, bean.getScope());
            }
            dtx.register(type, new ContextualBean<>(beans, bean, requestContexts));
        });
    }

    private static Stream<Bean<?>> all(BeanManager beans) {
        return beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .filter(bean -> isMadeOfItsClass(bean)
                        && (Weaving.isWoven(bean.getBeanClass()) || Weaving.isIntercepted(bean.getBeanClass())));
    }

    /** Returns the gateways of the beans whose bytecode is woven. */
    static List<WovenGateway> gateways(BeanManager beans) {
        return all(beans)
                .map(Bean::getBeanClass)
                .filter(type -> type.isAnnotationPresent(Woven.class))
                .distinct()
                .map(type -> Dtx.participantOf(type).calls())
                .filter(Objects::nonNull)
                .map(GeneratedCalls::gateway)
                .toList();
    }

    // A producer's class is the one that declares it: what it makes is registered by whoever makes it.
    private static boolean isMadeOfItsClass(Bean<?> bean) {
        return bean.getTypes().stream()
                .map(type -> type instanceof ParameterizedType generic ? generic.getRawType() : type)
                .allMatch(type -> type instanceof Class<?> raw && raw.isAssignableFrom(bean.getBeanClass()));
    }

    private static void refuseCompensable(Class<?> type, Class<? extends Annotation> scope) {
        Participant participant = Dtx.participantOf(type);
        if (participant.steps().stream().anyMatch(StepDescriptor::isCompensable)) {
            throw new DtxException(
                    null,
                    "DTX-6005 " + participant.className() + " has compensations and is @" + scope.getSimpleName()
                            + ": a compensation may run after a restart, without a client. Move its steps to an"
                            + " @ApplicationScoped, @RequestScoped or @Dependent bean.",
                    null);
        }
    }
}
