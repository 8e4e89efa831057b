package io.dtx.processor.validate;

import com.google.auto.common.MoreElements;
import com.google.auto.common.MoreTypes;
import io.dtx.processor.message.Message;
import io.dtx.processor.message.Place;
import io.dtx.processor.message.Problems;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.AnnotationUse;
import io.dtx.processor.model.TypeNames;
import io.dtx.spi.Weave;
import java.util.Optional;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.Elements;

/**
 * A call enters once: what woven bytecode of a superclass enters, interceptors must not enter before.
 *
 * @param isCompiled whether a class is compiled now, as interceptors want it, whatever is left of an earlier compilation
 */
record MixedWeaveRule(Elements elements, Predicate<Element> isCompiled) implements Rule {

    @Override
    public void judge(AnnotatedClass of, Problems problems) {
        if (of.weave() != Weave.NONE || !of.isWritten()) {
            return;
        }
        for (Woven each : Woven.of(of)) {
            Optional<TypeElement> woven = wovenUpTo(each.method().owner(), of.type());
            if (woven.isPresent()) {
                problems.add(
                        Message.CLASS_INHERITS_BYTECODE,
                        Place.of(of.type()),
                        of.label(),
                        each.method().label(),
                        woven.get().getSimpleName(),
                        of.label());
                return;
            }
        }
    }

    /** Returns the woven superclass that has a method, or an override of it. */
    private Optional<TypeElement> wovenUpTo(TypeElement owner, TypeElement type) {
        TypeElement each = type;
        while (!each.equals(owner) && each.getSuperclass().getKind() == TypeKind.DECLARED) {
            each = MoreTypes.asTypeElement(each.getSuperclass());
            if (MoreElements.isAnnotationPresent(each, TypeNames.WOVEN_BYTECODE) || isForBytecode(each)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Returns whether a class was compiled for bytecode: an agent may weave it when it is loaded. */
    private boolean isForBytecode(TypeElement type) {
        if (isCompiled.test(type)) {
            return false;
        }
        String calls = Weave.nameFor(elements.getBinaryName(type).toString(), Weave.CALLS);
        return Optional.ofNullable(elements.getTypeElement(calls))
                .flatMap(each -> AnnotationUse.of(each, TypeNames.GENERATED_PARTICIPANT))
                .filter(link -> link.constant("weave").equals(Weave.BYTECODE.name())
                        && link.type("of")
                                .filter(of -> MoreTypes.asTypeElement(of).equals(type))
                                .isPresent())
                .isPresent();
    }
}
