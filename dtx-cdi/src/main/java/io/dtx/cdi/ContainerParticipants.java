package io.dtx.cdi;

import io.dtx.DtxException;
import io.dtx.runtime.Dtx;
import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.StepDescriptor;
import jakarta.enterprise.context.ConversationScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.annotation.Annotation;
import java.util.Set;
import java.util.stream.Stream;

/** The container's beans of generated classes: whose steps can be compensated here. */
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
            Class<? extends ParticipantBean> generated = bean.getBeanClass().asSubclass(ParticipantBean.class);
            if (OF_A_CLIENT.contains(bean.getScope())) {
                refuseCompensable(generated, bean.getScope());
            }
            dtx.register(generated, new ContextualBean<>(beans, bean, requestContexts));
        });
    }

    // Producers of generated classes are left out: what they produce is registered by whoever makes it.
    private static Stream<Bean<?>> all(BeanManager beans) {
        return beans.getBeans(ParticipantBean.class, Any.Literal.INSTANCE).stream()
                .filter(bean -> Weaving.isWoven(bean.getBeanClass()));
    }

    private static void refuseCompensable(Class<?> generated, Class<? extends Annotation> scope) {
        GeneratedParticipant link = generated.getAnnotation(GeneratedParticipant.class);
        if (link != null && hasCompensation(link)) {
            throw new DtxException(
                    null,
                    "DTX-6005 " + link.of().getName() + " has compensations and is @" + scope.getSimpleName()
                            + ": a compensation may run after a restart, without a client. Move its steps to an"
                            + " @ApplicationScoped, @RequestScoped or @Dependent bean.",
                    null);
        }
    }

    private static boolean hasCompensation(GeneratedParticipant link) {
        try {
            return link.participant().getConstructor().newInstance().steps().stream()
                    .anyMatch(StepDescriptor::isCompensable);
        } catch (ReflectiveOperationException e) {
            throw new DtxException(
                    null, "DTX-1009 " + link.participant().getName() + " cannot be instantiated: compile it again", e);
        }
    }
}
