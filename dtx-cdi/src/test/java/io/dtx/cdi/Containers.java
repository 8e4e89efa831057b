package io.dtx.cdi;

import io.dtx.spi.ParticipantBean;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Vetoed;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.inject.build.compatible.spi.Registration;
import jakarta.enterprise.inject.build.compatible.spi.Synthesis;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;
import jakarta.enterprise.inject.build.compatible.spi.Types;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessBeanAttributes;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/** Weld SE with the beans that a test names and ours. */
final class Containers {

    /** What makes the generated classes beans in place of the originals. */
    enum Extensions {
        PORTABLE,
        BUILD_COMPATIBLE,
        NONE
    }

    /** Weld runs portable extensions, and so skips ours for build time: this is the same without the mark. */
    public static final class NotSkipped implements BuildCompatibleExtension {

        private final DtxBuildExtension ours = new DtxBuildExtension();

        @Enhancement(types = Object.class, withSubtypes = true)
        public void vetoOriginal(ClassConfig type, Types types) {
            ours.vetoOriginal(type, types);
        }

        @Registration(types = Object.class)
        public void noteHandles(BeanInfo bean) {
            ours.noteHandles(bean);
        }

        @Synthesis
        public void addHandles(SyntheticComponents components, Types types) {
            ours.addHandles(components, types);
        }
    }

    /** Containers of CDI Lite heed a Vetoed that an extension adds; Weld reads the class's own only, so it is told here. */
    public static final class VetoedLate implements Extension {
        <T> void heed(@Observes ProcessBeanAttributes<T> event) {
            if (event.getAnnotated() instanceof AnnotatedType<?> type && type.isAnnotationPresent(Vetoed.class)) {
                event.veto();
            }
        }
    }

    private Containers() {}

    @SuppressWarnings("unchecked") // an array of one class
    static WeldContainer start(Extensions extensions, Class<?>... beans) {
        Weld weld = new Weld(UUID.randomUUID().toString())
                .disableDiscovery()
                .property(Weld.SHUTDOWN_HOOK_SYSTEM_PROPERTY, false)
                .addBeanClasses(DtxLifecycle.class, DtxProducers.class, EntityManagerProducer.class)
                .addBeanClasses(beans);
        switch (extensions) {
            case PORTABLE -> weld.addExtension(new DtxExtension());
            case BUILD_COMPATIBLE ->
                weld.addBuildCompatibleExtensions(NotSkipped.class).addExtension(new VetoedLate());
            case NONE -> {}
        }
        return weld.initialize();
    }

    /** Returns the simple names of the classes whose instances can be injected as a type. */
    static Set<String> beansOf(WeldContainer container, Class<?> type) {
        return container.getBeanManager().getBeans(type, Any.Literal.INSTANCE).stream()
                .map(Bean::getBeanClass)
                .map(Class::getSimpleName)
                .collect(Collectors.toSet());
    }

    static boolean isWoven(WeldContainer container, Class<?> type) {
        Bean<?> bean =
                container.getBeanManager().resolve(container.getBeanManager().getBeans(type, Any.Literal.INSTANCE));
        return ParticipantBean.class.isAssignableFrom(bean.getBeanClass());
    }
}
