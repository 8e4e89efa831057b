package io.dtx.processor.validate;

import io.dtx.processor.message.Message;
import io.dtx.processor.message.Nearest;
import io.dtx.processor.message.Place;
import io.dtx.processor.message.Problems;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.AnnotationUse;
import io.dtx.processor.model.Method;
import io.dtx.processor.model.Step;
import io.dtx.processor.model.TypeNames;
import io.dtx.spi.Weave;
import java.util.List;
import java.util.Locale;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeKind;

/** Each step has one compensation, which recovery can call. */
final class CompensationRule implements Rule {

    @Override
    public void judge(AnnotatedClass of, Problems problems) {
        for (Step step : of.steps()) {
            if (step.onlyReads()) {
                continue;
            }
            Place place = step.annotation().place("compensate");
            if (step.compensate().isEmpty()) {
                problems.add(Message.COMPENSATION_MISSING, place, step.method().label());
            } else if (step.candidates().isEmpty()) {
                List<String> known = of.methods().stream()
                        .filter(method -> !method.equals(step.method()))
                        .map(Method::name)
                        .toList();
                problems.add(
                        Message.COMPENSATION_UNKNOWN,
                        place,
                        NameRule.escaped(step.compensate()),
                        of.label(),
                        Nearest.suggestion(step.compensate(), known));
            } else if (step.candidates().size() > 1) {
                problems.add(
                        Message.COMPENSATION_OVERLOADED,
                        place,
                        of.label(),
                        step.candidates().size(),
                        step.compensate());
            }
            step.compensation().ifPresent(compensation -> judge(of, step, compensation.method(), problems));
        }
    }

    private void judge(AnnotatedClass of, Step step, Method method, Problems problems) {
        Place place = placeOf(of, step, method);
        judgeModifiers(of, method, place, problems);
        if (method.type().getReturnType().getKind() != TypeKind.VOID) {
            problems.add(
                    Message.COMPENSATION_NOT_VOID,
                    place,
                    method.label(),
                    Names.of(method.type().getReturnType()));
        }
        if (!method.element().getTypeParameters().isEmpty()) {
            problems.add(Message.COMPENSATION_GENERIC, place, method.label());
        }
        if (AnnotationUse.of(method.element(), TypeNames.STEP).isPresent()) {
            problems.add(
                    Message.COMPENSATION_IS_STEP,
                    place,
                    method.label(),
                    step.method().label());
        }
        if (AnnotationUse.of(method.element(), TypeNames.TRANSACTION).isPresent()) {
            problems.add(
                    Message.COMPENSATION_IS_TRANSACTION,
                    place,
                    method.label(),
                    step.method().label());
        }
    }

    private static void judgeModifiers(AnnotatedClass of, Method method, Place place, Problems problems) {
        if (method.is(Modifier.PRIVATE)) {
            problems.add(Message.COMPENSATION_PRIVATE, place, method.label());
        }
        if (method.is(Modifier.STATIC)) {
            problems.add(Message.COMPENSATION_STATIC, place, method.label());
        }
        if (method.is(Modifier.FINAL)) {
            problems.add(Message.COMPENSATION_FINAL, place, method.label());
        }
        if (of.weave() != Weave.SUBCLASS && method.is(Modifier.PROTECTED) && !method.isInPackageOf(of.type())) {
            problems.add(
                    Message.COMPENSATION_PROTECTED,
                    place,
                    method.label(),
                    of.weave().name().toLowerCase(Locale.ROOT),
                    of.label());
        }
        if (method.isPackagePrivate() && !method.isInPackageOf(of.type())) {
            problems.add(
                    Message.COMPENSATION_INACCESSIBLE,
                    place,
                    method.label(),
                    of.packageElement().getQualifiedName());
        }
    }

    /** Returns the compensation's place, if it is the class's own; else that of its name in the step. */
    static Place placeOf(AnnotatedClass of, Step step, Method method) {
        return method.owner().equals(of.type())
                ? Place.of(method.element())
                : step.annotation().place("compensate");
    }
}
