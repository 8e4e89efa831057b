package io.dtx.processor.validate;

import com.google.auto.common.MoreElements;
import io.dtx.processor.message.Message;
import io.dtx.processor.message.Place;
import io.dtx.processor.message.Problems;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.Method;
import io.dtx.processor.model.Supertypes;
import io.dtx.processor.model.TypeNames;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** An override without the annotation is no step any more: the user may not know. */
record OverriddenRule(Elements elements) implements Rule {

    @Override
    public void judge(AnnotatedClass of, Problems problems) {
        List<ExecutableElement> woven =
                Woven.of(of).stream().map(each -> each.method().element()).toList();
        for (Method method : of.methods()) {
            if (method.owner().equals(of.type()) && !woven.contains(method.element())) {
                judge(of.type(), method, TypeNames.STEP, "step", problems);
                judge(of.type(), method, TypeNames.TRANSACTION, "transaction", problems);
            }
        }
    }

    private void judge(TypeElement type, Method method, String annotation, String kind, Problems problems) {
        Stream.concat(Supertypes.classes(type), Supertypes.interfaces(type))
                .filter(owner -> ElementFilter.methodsIn(owner.getEnclosedElements()).stream()
                        .anyMatch(candidate -> MoreElements.isAnnotationPresent(candidate, annotation)
                                && !(owner.getKind().isInterface() && isAbstract(candidate))
                                && elements.overrides(method.element(), candidate, type)))
                .findFirst()
                .ifPresent(owner -> problems.add(
                        Message.STEP_OVERRIDDEN,
                        Place.of(method.element()),
                        method.label(),
                        kind,
                        owner.getSimpleName()));
    }

    private static boolean isAbstract(ExecutableElement method) {
        return method.getModifiers().contains(Modifier.ABSTRACT);
    }
}
