package io.dtx.processor.validate;

import com.google.auto.common.MoreElements;
import com.google.auto.common.MoreTypes;
import io.dtx.processor.message.Message;
import io.dtx.processor.message.Place;
import io.dtx.processor.message.Problems;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.Nesting;
import io.dtx.processor.model.Recorded;
import io.dtx.processor.model.Step;
import io.dtx.processor.model.Transaction;
import io.dtx.spi.Weave;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;

/** Generated code stands beside the class, not in it: it can name what the class's package can. */
final class AccessRule implements Rule {

    @Override
    public void judge(AnnotatedClass of, Problems problems) {
        for (Woven woven : Woven.of(of)) {
            List<TypeMirror> types = new ArrayList<>(woven.method().parameterTypes());
            types.add(woven.method().type().getReturnType());
            types.addAll(woven.method().type().getThrownTypes());
            judge(of, types, Place.of(woven.method().element()), woven.method().label(), problems);
        }
        for (Step step : of.steps()) {
            judge(of, listed(step), step.annotation().place(), step.method().label(), problems);
            judge(
                    of,
                    recorded(of, step),
                    Place.of(step.method().element()),
                    step.method().label(),
                    problems);
        }
        for (Transaction each : of.transactions()) {
            judge(
                    of,
                    each.dontRollbackOn(),
                    each.annotation().place("dontRollbackOn"),
                    each.method().label(),
                    problems);
        }
        if (of.weave() == Weave.SUBCLASS) {
            judgeConstructors(of, problems);
        }
    }

    private static void judgeConstructors(AnnotatedClass of, Problems problems) {
        for (ExecutableElement each : ElementFilter.constructorsIn(of.type().getEnclosedElements())) {
            if (!each.getModifiers().contains(Modifier.PRIVATE)) {
                List<TypeMirror> types = new ArrayList<>(each.getThrownTypes());
                each.getParameters().forEach(parameter -> types.add(parameter.asType()));
                judge(of, types, Place.of(each), "the constructor of " + of.label(), problems);
            }
        }
    }

    private static List<TypeMirror> listed(Step step) {
        return Stream.of(
                        step.noEffectOn(),
                        step.retry().retryOn(),
                        step.retry().abortOn(),
                        step.compensationRetry().retryOn(),
                        step.compensationRetry().abortOn())
                .flatMap(List::stream)
                .toList();
    }

    private static List<TypeMirror> recorded(AnnotatedClass of, Step step) {
        return Stream.concat(step.arguments().stream(), step.result().stream())
                .flatMap(each -> RecordedPart.of(each, of.definitions()).stream())
                .map(part -> part.recorded())
                .filter(recorded -> !(recorded instanceof Recorded.Unsupported))
                .map(Recorded::type)
                .toList();
    }

    private static void judge(
            AnnotatedClass of, List<? extends TypeMirror> types, Place place, String label, Problems problems) {
        for (TypeMirror type : types) {
            hidden(type, of)
                    .ifPresent(element -> problems.add(
                            Message.TYPE_HIDDEN,
                            place,
                            label,
                            element.getSimpleName(),
                            element.getModifiers().contains(Modifier.PRIVATE) ? "package-private" : "public"));
        }
    }

    private static Optional<Element> hidden(TypeMirror type, AnnotatedClass of) {
        if (type instanceof ArrayType array) {
            return hidden(array.getComponentType(), of);
        }
        if (type instanceof WildcardType wildcard) {
            return Stream.of(
                            Optional.ofNullable(wildcard.getExtendsBound()),
                            Optional.ofNullable(wildcard.getSuperBound()))
                    .flatMap(Optional::stream)
                    .flatMap(bound -> hidden(bound, of).stream())
                    .findFirst();
        }
        if (!(type instanceof DeclaredType declared)) {
            return Optional.empty();
        }
        for (Element each : Nesting.outward(MoreTypes.asElement(type))) {
            if (isHidden(each, of)) {
                return Optional.of(each);
            }
        }
        return declared.getTypeArguments().stream()
                .flatMap(argument -> hidden(argument, of).stream())
                .findFirst();
    }

    private static boolean isHidden(Element type, AnnotatedClass of) {
        boolean isOpen = type.getModifiers().contains(Modifier.PUBLIC)
                || type.getModifiers().contains(Modifier.PROTECTED)
                || MoreElements.getPackage(type).equals(of.packageElement());
        return type.getModifiers().contains(Modifier.PRIVATE) || !isOpen;
    }
}
