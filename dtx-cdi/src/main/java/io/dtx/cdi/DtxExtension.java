package io.dtx.cdi;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import io.dtx.spi.GeneratedParticipant;
import io.dtx.spi.ParticipantBean;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Vetoed;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterTypeDiscovery;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.ProcessProducer;
import jakarta.enterprise.inject.spi.WithAnnotations;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Makes the generated subclass of an annotated class the bean, in the class's place. Containers of CDI Full load it by
 * themselves; where discovery of extensions is off, add it by hand.
 */
public final class DtxExtension implements Extension {

    private final Set<Class<?>> wanted = new LinkedHashSet<>();
    private final Set<Class<?>> seen = new LinkedHashSet<>();
    private final Set<Class<?>> handles = new LinkedHashSet<>();

    /** Creates the extension; containers do. */
    public DtxExtension() {}

    <T> void vetoOriginal(
            @Observes @WithAnnotations({DistributedTransaction.class, SagaStep.class}) ProcessAnnotatedType<T> event) {
        Class<T> type = event.getAnnotatedType().getJavaClass();
        Class<?> generated = Weaving.generatedFor(type);
        if (generated != null) {
            event.veto();
            wanted.add(generated);
        }
    }

    <T extends ParticipantBean> void noteGenerated(@Observes ProcessAnnotatedType<T> event) {
        Class<T> type = event.getAnnotatedType().getJavaClass();
        seen.add(type);
        GeneratedParticipant link = type.getAnnotation(GeneratedParticipant.class);
        if (link != null && (link.of().isAnnotationPresent(Vetoed.class) || Weaving.generatedFor(link.of()) != type)) {
            event.veto();
        }
    }

    void addUndiscovered(@Observes AfterTypeDiscovery event, BeanManager beans) {
        wanted.removeAll(seen);
        wanted.forEach(type -> event.addAnnotatedType(beans.createAnnotatedType(type), type.getName()));
    }

    <T, X> void noteHandle(@Observes ProcessInjectionPoint<T, X> event) {
        InjectionPoint point = event.getInjectionPoint();
        Class<?> type = WantedType.of(point.getType());
        if (type != null
                && GuardedHandle.isWanted(type.getName(), type.isInterface())
                && point.getQualifiers().stream().anyMatch(Guarded.class::isInstance)) {
            handles.add(type);
        }
    }

    /** A handle's type is the application's own, so that no producer method could name it. */
    void addHandles(@Observes AfterBeanDiscovery event) {
        for (Class<?> each : handles) {
            event.addBean()
                    .id(DtxExtension.class.getName() + " " + each.getName())
                    .scope(Dependent.class)
                    .types(Object.class, each)
                    .qualifiers(Guarded.Literal.of(""))
                    .produceWith(lookup -> GuardedHandle.create(each, lookup));
        }
    }

    <T, X> void watch(@Observes ProcessProducer<T, X> event) {
        event.setProducer(new WatchedProducer<>(
                event.getProducer(), event.getAnnotatedMember().getJavaMember().toString()));
    }
}
