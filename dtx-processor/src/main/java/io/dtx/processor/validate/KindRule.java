package io.dtx.processor.validate;

import io.dtx.processor.message.Message;
import io.dtx.processor.message.Place;
import io.dtx.processor.message.Problems;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.AnnotationUse;
import io.dtx.processor.model.Method;
import io.dtx.processor.model.TypeNames;
import java.util.List;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;

/** Only classes can have a subclass; their bytecode others have, too. And a step is a method. */
final class KindRule implements Rule {

    @Override
    public void judge(AnnotatedClass of, Problems problems) {
        AnnotationUse.of(of.type(), TypeNames.STEP)
                .ifPresent(annotation -> problems.add(Message.STEP_ON_TYPE, annotation.place(), of.label()));
        ElementKind kind = of.type().getKind();
        if (of.inBytecode() && (kind == ElementKind.RECORD || kind == ElementKind.ENUM)) {
            return;
        }
        if (kind == ElementKind.RECORD) {
            problems.add(Message.CLASS_RECORD, Place.of(of.type()), of.label());
        } else if (kind == ElementKind.INTERFACE) {
            judgeInterface(of, problems);
        } else if (kind != ElementKind.CLASS) {
            String name = kind == ElementKind.ENUM ? "enum" : "annotation";
            problems.add(Message.CLASS_OTHER, Place.of(of.type()), of.label(), name);
        }
    }

    private static void judgeInterface(AnnotatedClass of, Problems problems) {
        of.transactionOnType()
                .ifPresent(
                        annotation -> problems.add(Message.CLASS_OTHER, annotation.place(), of.label(), "interface"));
        for (Method method : of.methods()) {
            if (of.inBytecode() && isWovenHere(of, method)) {
                continue;
            }
            for (String annotation : List.of(TypeNames.STEP, TypeNames.TRANSACTION)) {
                AnnotationUse.of(method.element(), annotation)
                        .ifPresent(use -> problems.add(
                                Message.METHOD_OF_INTERFACE, use.place(), method.label(), simple(annotation)));
            }
        }
    }

    // One with a compensation stays with its implementations: of several, which one would undo it?
    private static boolean isWovenHere(AnnotatedClass of, Method method) {
        return !method.is(Modifier.ABSTRACT)
                && of.steps().stream().noneMatch(step -> step.method().equals(method) && !step.onlyReads());
    }

    static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
