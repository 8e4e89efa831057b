package io.dtx.processor.validate;

import com.google.auto.common.MoreElements;
import io.dtx.processor.message.Message;
import io.dtx.processor.message.Place;
import io.dtx.processor.message.Problems;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.SuperCall;
import io.dtx.processor.model.Supertypes;
import io.dtx.processor.model.TypeNames;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * A call with {@code super} is plain where the method that makes it has entered, and only there: past the override it would run a
 * step without a guard. A default method enters by itself, whoever calls it.
 *
 * @param superCalls finds them in a class
 */
record SuperCallRule(Elements elements, Function<TypeElement, List<SuperCall>> superCalls) implements Rule {

    @Override
    public void judge(AnnotatedClass of, Problems problems) {
        for (SuperCall call : superCalls.apply(of.type())) {
            String qualifier = call.of();
            if (qualifier == null || of.type().getSimpleName().contentEquals(qualifier)) {
                judgeOfClass(of, call, problems);
            } else {
                judgeOfInterface(of, qualifier, call, problems);
            }
        }
    }

    private void judgeOfClass(AnnotatedClass of, SuperCall call, Problems problems) {
        called(Supertypes.classes(of.type()), call)
                .filter(method -> isWoven(of, method) && !isOverriddenBy(call.in(), method, of))
                .ifPresent(method -> problems.add(
                        Message.SUPER_CALL,
                        Place.of(call.in()),
                        label(of, call),
                        call.method(),
                        MoreElements.isAnnotationPresent(method, TypeNames.STEP) ? "step" : "transaction",
                        MoreElements.asType(method.getEnclosingElement()).getSimpleName(),
                        call.method()));
    }

    private void judgeOfInterface(AnnotatedClass of, String qualifier, SuperCall call, Problems problems) {
        boolean enters =
                Woven.of(of).stream().anyMatch(woven -> woven.method().element().equals(call.in()));
        if (enters
                && called(Supertypes.interfaces(of.type()), call)
                        .filter(method -> isWoven(of, method) && isOverriddenBy(call.in(), method, of))
                        .isPresent()) {
            problems.add(Message.SUPER_CALL_OF_DEFAULT, Place.of(call.in()), label(of, call), qualifier, call.method());
        }
    }

    /** Returns the nearest method that is meant; of overloaded ones with as many parameters one that is woven, if any is. */
    private static Optional<ExecutableElement> called(Stream<TypeElement> owners, SuperCall call) {
        return owners.map(owner -> ElementFilter.methodsIn(owner.getEnclosedElements()).stream()
                        .filter(method -> method.getSimpleName().contentEquals(call.method()) && takes(method, call))
                        .toList())
                .filter(methods -> !methods.isEmpty())
                .findFirst()
                .map(methods -> methods.stream()
                        .filter(SuperCallRule::isAnnotated)
                        .findFirst()
                        .orElse(methods.get(0)));
    }

    private static boolean takes(ExecutableElement method, SuperCall call) {
        int parameters = method.getParameters().size();
        return method.isVarArgs() ? call.arguments() >= parameters - 1 : call.arguments() == parameters;
    }

    private static boolean isAnnotated(ExecutableElement method) {
        return MoreElements.isAnnotationPresent(method, TypeNames.STEP)
                || MoreElements.isAnnotationPresent(method, TypeNames.TRANSACTION);
    }

    /** Returns whether its annotation, or that of a class, makes it a step or a transaction. */
    private static boolean isWoven(AnnotatedClass of, ExecutableElement method) {
        return isAnnotated(method)
                || Woven.of(of).stream()
                        .anyMatch(woven -> woven.method().element().equals(method));
    }

    private boolean isOverriddenBy(Element caller, ExecutableElement method, AnnotatedClass of) {
        return caller instanceof ExecutableElement overriding && elements.overrides(overriding, method, of.type());
    }

    private static String label(AnnotatedClass of, SuperCall call) {
        return call.in().equals(of.type())
                ? of.label()
                : of.label() + "." + call.in().getSimpleName();
    }
}
