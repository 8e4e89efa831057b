package io.dtx.processor.validate;

import com.google.auto.common.MoreTypes;
import io.dtx.processor.message.Message;
import io.dtx.processor.message.Place;
import io.dtx.processor.message.Problems;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.Method;
import io.dtx.processor.model.Step;
import io.dtx.processor.model.TypeNames;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** A woven method is overridden, unless its class's own bytecode is woven: nothing may forbid that, and its types are known. */
final class MethodRule implements Rule {

    @Override
    public void judge(AnnotatedClass of, Problems problems) {
        for (Woven woven : Woven.of(of)) {
            judgeModifiers(of, woven, problems);
            if (!woven.method().element().getTypeParameters().isEmpty()) {
                problems.add(
                        Message.METHOD_GENERIC,
                        Place.of(woven.method().element()),
                        woven.method().label(),
                        woven.annotationName());
            }
        }
        for (Step step : of.steps()) {
            judgeStep(of, step, problems);
        }
    }

    private static void judgeModifiers(AnnotatedClass of, Woven woven, Problems problems) {
        Method method = woven.method();
        Place place = Place.of(method.element());
        if (!isWovenInPlace(of, method)) {
            judgeOverriding(method, place, problems);
        }
        if (method.is(Modifier.ABSTRACT)) { // of a class: those of interfaces are refused before
            problems.add(Message.METHOD_ABSTRACT, woven.annotation().place(), method.label(), woven.annotationName());
        }
        if (method.isPackagePrivate() && !method.isInPackageOf(of.type())) {
            problems.add(
                    Message.METHOD_INACCESSIBLE,
                    Place.of(of.type()),
                    method.label(),
                    method.owner().getQualifiedName());
        }
    }

    private static boolean isWovenInPlace(AnnotatedClass of, Method method) {
        return of.inBytecode() && of.isWritten() && method.owner().equals(of.type());
    }

    private static void judgeOverriding(Method method, Place place, Problems problems) {
        if (method.is(Modifier.PRIVATE)) {
            problems.add(Message.METHOD_PRIVATE, place, method.label());
        }
        if (method.is(Modifier.STATIC)) {
            problems.add(Message.METHOD_STATIC, place, method.label());
        }
        if (method.is(Modifier.FINAL)) {
            problems.add(Message.METHOD_FINAL, place, method.label());
        }
    }

    private void judgeStep(AnnotatedClass of, Step step, Problems problems) {
        boolean isBoth = of.transactions().stream()
                .anyMatch(transaction -> transaction.method().equals(step.method()));
        if (isBoth) {
            problems.add(
                    Message.METHOD_IS_BOTH,
                    Place.of(step.method().element()),
                    step.method().label());
        }
        for (int i = 0; i < step.method().parameters().size(); i++) {
            if (isContext(step.method().parameterTypes().get(i))) {
                problems.add(
                        Message.STEP_TAKES_CONTEXT,
                        Place.of(step.method().parameters().get(i)),
                        step.method().label());
            }
        }
    }

    private static boolean isContext(TypeMirror type) {
        return type.getKind() == TypeKind.DECLARED
                && MoreTypes.asTypeElement(type).getQualifiedName().contentEquals(TypeNames.STEP_CONTEXT);
    }
}
