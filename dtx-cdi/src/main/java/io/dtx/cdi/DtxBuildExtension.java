package io.dtx.cdi;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import io.dtx.spi.Weave;
import io.dtx.spi.Woven;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Vetoed;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Discovery;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.inject.build.compatible.spi.InjectionPointInfo;
import jakarta.enterprise.inject.build.compatible.spi.Registration;
import jakarta.enterprise.inject.build.compatible.spi.ScannedClasses;
import jakarta.enterprise.inject.build.compatible.spi.SkipIfPortableExtensionPresent;
import jakarta.enterprise.inject.build.compatible.spi.Synthesis;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;
import jakarta.enterprise.inject.build.compatible.spi.Types;
import jakarta.enterprise.lang.model.AnnotationInfo;
import jakarta.enterprise.lang.model.declarations.ClassInfo;
import jakarta.enterprise.lang.model.types.ClassType;
import jakarta.inject.Named;
import jakarta.inject.Qualifier;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Does what {@link DtxExtension} does, in containers of CDI Lite, where the container is made at build time. */
@SkipIfPortableExtensionPresent(DtxExtension.class)
public final class DtxBuildExtension implements BuildCompatibleExtension {

    private final Map<String, ClassInfo> handles = new TreeMap<>();
    private final Set<String> replaced = new HashSet<>();

    /** Creates the extension; containers do. */
    public DtxBuildExtension() {}

    /** Has the annotations read as what they are: interceptor bindings, in a jar that has no beans. */
    @Discovery
    public void readAnnotations(ScannedClasses classes) {
        classes.add(DistributedTransaction.class.getName());
        classes.add(SagaStep.class.getName());
    }

    /** Keeps the producer of entity managers away where there are none: containers read its signature in the build. */
    @Enhancement(types = EntityManagerProducer.class)
    public void vetoWithoutPersistence(ClassConfig producer, Types types) {
        if (types.ofClass("jakarta.persistence.EntityManager") == null) {
            producer.addAnnotation(Vetoed.class);
        }
    }

    /**
     * Keeps an annotated class, and the generated one of a vetoed class, from becoming a bean; and keeps a bean that enters
     * without a generated class.
     */
    @Enhancement(types = Object.class, withSubtypes = true)
    public void vetoOriginal(ClassConfig type, Types types) {
        ClassInfo info = type.info();
        if (isInItsOwnRight(info, types)) {
            keep(type);
        }
        boolean isReplaced =
                types.ofClass(Weave.nameFor(info.name(), Weave.BEAN)) != null && !isInItsOwnRight(info, types);
        if (isReplaced && !info.hasAnnotation(Vetoed.class)) {
            replaced.add(info.name()); // some containers show what was added here
        }
        if (isReplaced || isUselessGenerated(info, types)) {
            type.addAnnotation(Vetoed.class);
        }
    }

    // Generated classes are kept by their type. Others may seem to be used by nobody, but have steps to compensate.
    private static void keep(ClassConfig type) {
        boolean isQualified = type.info().annotations().stream().anyMatch(DtxBuildExtension::isQualifier);
        if (!isQualified) {
            type.addAnnotation(Default.Literal.INSTANCE); // which a bean has only as long as it has no other one
        }
        type.addAnnotation(Participating.class);
    }

    private static boolean isQualifier(AnnotationInfo annotation) {
        return annotation.declaration().hasAnnotation(Qualifier.class)
                && !annotation.name().equals(Named.class.getName())
                && !annotation.name().equals(Any.class.getName());
    }

    /** Takes note of the types of handles that are injected. */
    @Registration(types = Object.class)
    public void noteHandles(BeanInfo bean) {
        for (InjectionPointInfo point : bean.injectionPoints()) {
            boolean guarded =
                    point.qualifiers().stream().anyMatch(each -> each.name().equals(Guarded.class.getName()));
            ClassInfo type = guarded ? WantedType.of(point.type()) : null;
            if (type != null && GuardedHandle.isWanted(type.name(), type.isInterface())) {
                handles.put(type.name(), type);
            }
        }
    }

    /** Makes them injectable. */
    @Synthesis
    public void addHandles(SyntheticComponents components, Types types) {
        for (ClassInfo each : handles.values()) {
            components
                    .addBean(Object.class)
                    .type(types.ofClass(each.name()))
                    .qualifier(Guarded.Literal.of(""))
                    .scope(Dependent.class)
                    .withParam(GuardedHandle.TYPE, each)
                    .createWith(GuardedHandle.class);
        }
    }

    // Subclass or calls may be leftovers of an earlier compilation. The participant is written anew by each.
    private static boolean isInItsOwnRight(ClassInfo info, Types types) {
        ClassType participant = types.ofClass(Weave.nameFor(info.name(), Weave.PARTICIPANT));
        return info.hasAnnotation(Woven.class) || (participant != null && declaresCalls(participant.declaration()));
    }

    private static boolean declaresCalls(ClassInfo participant) {
        return participant.methods().stream() // inherited ones, too
                .anyMatch(each -> each.name().equals("calls")
                        && each.declaringClass().name().equals(participant.name()));
    }

    private boolean isUselessGenerated(ClassInfo info, Types types) {
        ClassInfo superclass = info.superClassDeclaration();
        return superclass != null
                && info.name().equals(Weave.nameFor(superclass.name(), Weave.BEAN))
                && ((superclass.hasAnnotation(Vetoed.class) && !replaced.contains(superclass.name()))
                        || isInItsOwnRight(superclass, types));
    }
}
