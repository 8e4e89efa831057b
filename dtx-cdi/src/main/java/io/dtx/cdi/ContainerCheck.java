package io.dtx.cdi;

import io.dtx.DtxException;
import io.dtx.runtime.Dtx;
import io.dtx.spi.Weave;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.InterceptionType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is looked at before dtx starts: a bean whose annotations nobody heeds would run, wrongly and silently. */
final class ContainerCheck {

    private ContainerCheck() {}

    /**
     * Refuses annotated beans that are not woven.
     *
     * @throws DtxException naming all of them, and what to do
     */
    static void refuseUnwoven(BeanManager beans) {
        List<String> unwoven = beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(Bean::getBeanClass)
                .distinct()
                .filter(type -> !Weaving.isWoven(type) && Weaving.isAnnotated(type))
                .flatMap(type -> complaint(type, beans).stream())
                .sorted()
                .toList();
        if (!unwoven.isEmpty()) {
            throw new DtxException(null, String.join(System.lineSeparator(), unwoven), null);
        }
    }

    /**
     * Refuses injected resources that nobody registered.
     *
     * @throws DtxException naming all of them, and what is registered
     */
    static void refuseUnknownResources(BeanManager beans, Dtx dtx) {
        Set<String> unknown = beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .flatMap(bean -> bean.getInjectionPoints().stream())
                .filter(point -> point.getQualifiers().stream().anyMatch(Guarded.class::isInstance))
                .flatMap(point -> problem(point, dtx).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!unknown.isEmpty()) {
            throw new DtxException(null, String.join(System.lineSeparator(), unknown), null);
        }
    }

    private static Optional<String> complaint(Class<?> type, BeanManager beans) {
        Weave weave = Weaving.weave(type);
        if (weave == Weave.NONE) {
            return Optional.of("DTX-6008 " + type.getName() + " was compiled with -Adtx.weave=none, and dtx-cdi's"
                            + " interceptors are not enabled: switch discovery on for its jar, or add "
                            + TransactionInterceptor.class.getName() + ", " + StepInterceptor.class.getName() + " and "
                            + ArgumentsInterceptor.class.getName() + ".")
                    .filter(complaint -> !areEnabled(type, beans));
        }
        return Optional.of(weave == Weave.BYTECODE ? unwoven(type) : unprocessed(type));
    }

    private static boolean areEnabled(Class<?> type, BeanManager beans) {
        return Weaving.annotations(type).stream()
                .allMatch(binding -> beans.resolveInterceptors(InterceptionType.AROUND_INVOKE, binding).stream()
                        .anyMatch(each -> each.getBeanClass() != ArgumentsInterceptor.class));
    }

    private static String unwoven(Class<?> type) {
        return "DTX-1030 " + type.getName()
                + " was compiled with -Adtx.weave=bytecode and is not woven: run the build's"
                + " weaving (mvn process-classes; an IDE does not run it by itself), or start the JVM with"
                + " -javaagent:dtx-runtime.jar from the beginning, not attached later.";
    }

    private static String unprocessed(Class<?> type) {
        String generated = Weave.nameFor(type.getName(), Weave.BEAN);
        return Weaving.generatedFor(type) == null
                ? "DTX-1003 " + type.getName() + " has no generated " + generated
                        + ": dtx-processor did not run. Add it"
                        + " to annotationProcessorPaths (JDK 23+ ignores processors on the class path)."
                : "DTX-6006 " + type.getName() + " is a bean without transactions, beside " + generated
                        + ": the container did not load " + DtxExtension.class.getName()
                        + ". Switch discovery of extensions on, or add it: SeContainerInitializer.addExtensions(...).";
    }

    private static Optional<String> problem(InjectionPoint point, Dtx dtx) {
        String name = DtxProducers.resource(point);
        Class<?> wanted = WantedType.of(point.getType());
        if (wanted == null) {
            return Optional.of("DTX-6011 " + point.getMember() + " wants resource \"" + name + "\" as "
                    + point.getType().getTypeName() + ", which does not say what it is to be: name a class, as in"
                    + " Instance<DataSource>.");
        }
        try {
            dtx.resource(name, wanted);
            return Optional.empty();
        } catch (DtxException e) {
            return Optional.of(e.getMessage() + " It is injected into " + point.getMember() + ".");
        }
    }
}
