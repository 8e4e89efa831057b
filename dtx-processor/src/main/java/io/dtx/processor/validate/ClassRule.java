package io.dtx.processor.validate;

import io.dtx.processor.message.Message;
import io.dtx.processor.message.Place;
import io.dtx.processor.message.Problems;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.Nesting;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** A woven class has a subclass in its own package, or else generated code beside it: nothing may forbid that. */
final class ClassRule implements Rule {

    @Override
    public void judge(AnnotatedClass of, Problems problems) {
        TypeElement type = of.type();
        Place place = Place.of(type);
        if (!of.inBytecode()) {
            judgeExtension(of, problems);
        }
        judgePrivacy(of, problems);
        if (of.isWritten() && !type.getTypeParameters().isEmpty()) {
            problems.add(Message.CLASS_GENERIC, place, of.label());
        }
        of.transactionOnType()
                .filter(annotation -> of.transactions().stream()
                        .noneMatch(each -> each.annotation().on().equals(type)))
                .ifPresent(annotation -> problems.add(Message.CLASS_WITHOUT_METHODS, annotation.place(), of.label()));
    }

    private static void judgeExtension(AnnotatedClass of, Problems problems) {
        TypeElement type = of.type();
        Set<Modifier> modifiers = type.getModifiers();
        Place place = Place.of(type);
        if (modifiers.contains(Modifier.FINAL)) {
            problems.add(Message.CLASS_FINAL, place, of.label());
        }
        if (modifiers.contains(Modifier.SEALED) && !of.isAbstract()) {
            problems.add(Message.CLASS_SEALED, place, of.label());
        }
        List<TypeElement> nesting = Nesting.outward(type);
        if (nesting.size() > 1 && !modifiers.contains(Modifier.STATIC)) {
            problems.add(Message.CLASS_INNER, place, of.label(), nesting.get(1).getSimpleName());
        }
        boolean isClosed = ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
                .allMatch(constructor -> constructor.getModifiers().contains(Modifier.PRIVATE));
        if (!of.isAbstract() && isClosed) {
            problems.add(Message.CLASS_WITHOUT_CONSTRUCTOR, place, of.label());
        }
    }

    private static void judgePrivacy(AnnotatedClass of, Problems problems) {
        for (TypeElement each : Nesting.outward(of.type())) {
            if (each.getModifiers().contains(Modifier.PRIVATE)) {
                String which =
                        each.equals(of.type()) ? "it" : each.getSimpleName().toString();
                problems.add(Message.CLASS_PRIVATE, Place.of(of.type()), of.label(), which);
            }
        }
    }
}
