package io.dtx.processor.validate;

import io.dtx.processor.message.Message;
import io.dtx.processor.message.Problems;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.AnnotationUse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;

/** What a container would do to the woven class and the original both, or not do at all; woven in its bytecode, both are one. */
final class ContainerRule implements Rule {

    private static final List<String> EJBS = List.of(
            "jakarta.ejb.Stateless", "jakarta.ejb.Stateful", "jakarta.ejb.Singleton", "jakarta.ejb.MessageDriven");
    private static final List<String> PRODUCERS =
            List.of("jakarta.enterprise.inject.Produces", "jakarta.enterprise.inject.Disposes");
    private static final List<String> INTERCEPTORS =
            List.of("jakarta.interceptor.Interceptor", "jakarta.decorator.Decorator");
    private static final String STARTUP = "io.quarkus.runtime.Startup";
    private static final String SPECIALIZES = "jakarta.enterprise.inject.Specializes";

    @Override
    public void judge(AnnotatedClass of, Problems problems) {
        any(of.type(), INTERCEPTORS)
                .ifPresent(use -> problems.add(Message.CLASS_INTERCEPTS, use.place(), of.label(), name(use)));
        if (!of.inBytecode()) {
            judgeReplaced(of, problems);
        }
    }

    private static void judgeReplaced(AnnotatedClass of, Problems problems) {
        any(of.type(), EJBS).ifPresent(use -> problems.add(Message.CLASS_IS_EJB, use.place(), of.label(), name(use)));
        AnnotationUse.of(of.type(), SPECIALIZES)
                .ifPresent(use -> problems.add(Message.CLASS_SPECIALIZES, use.place(), of.label()));
        AnnotationUse.of(of.type(), STARTUP)
                .ifPresent(use -> problems.add(Message.CLASS_STARTUP, use.place(), of.label(), of.label()));
        for (Element member : of.type().getEnclosedElements()) {
            String label = of.label() + "." + member.getSimpleName();
            Stream<Element> places = member instanceof ExecutableElement method
                    ? Stream.concat(Stream.of(member), method.getParameters().stream())
                    : Stream.of(member);
            places.flatMap(place -> any(place, PRODUCERS).stream())
                    .forEach(use -> problems.add(Message.CLASS_PRODUCES, use.place(), label, name(use)));
            AnnotationUse.of(member, STARTUP)
                    .ifPresent(use -> problems.add(Message.CLASS_STARTUP, use.place(), label, of.label()));
        }
    }

    private static Optional<AnnotationUse> any(Element element, List<String> annotations) {
        return annotations.stream()
                .flatMap(name -> AnnotationUse.of(element, name).stream())
                .findFirst();
    }

    private static String name(AnnotationUse use) {
        return use.mirror().getAnnotationType().asElement().getSimpleName().toString();
    }
}
