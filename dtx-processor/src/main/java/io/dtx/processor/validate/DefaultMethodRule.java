package io.dtx.processor.validate;

import com.google.auto.common.MoreElements;
import io.dtx.processor.message.Message;
import io.dtx.processor.message.Problems;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.AnnotationUse;
import io.dtx.processor.model.Method;
import io.dtx.processor.model.Supertypes;
import io.dtx.processor.model.TypeNames;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Default methods that a class inherits are public methods of it, and its annotation does not cover them: the user may not know. */
record DefaultMethodRule(Elements elements) implements Rule {

    @Override
    public void judge(AnnotatedClass of, Problems problems) {
        of.transactionOnType().ifPresent(annotation -> judge(of, annotation, problems));
    }

    private void judge(AnnotatedClass of, AnnotationUse annotation, Problems problems) {
        List<ExecutableElement> ofInterfaces = Supertypes.interfaces(of.type())
                .flatMap(each -> ElementFilter.methodsIn(each.getEnclosedElements()).stream())
                .toList();
        List<ExecutableElement> all = Stream.concat(of.methods().stream().map(Method::element), ofInterfaces.stream())
                .toList();
        ofInterfaces.stream()
                .filter(each -> each.isDefault()
                        && !isAnnotated(each)
                        && all.stream().noneMatch(other -> elements.overrides(other, each, of.type())))
                .findFirst()
                .ifPresent(each -> problems.add(
                        Message.DEFAULT_METHOD_UNCOVERED,
                        annotation.place(),
                        of.label(),
                        MoreElements.asType(each.getEnclosingElement()).getSimpleName(),
                        each.getSimpleName()));
    }

    private static boolean isAnnotated(ExecutableElement method) {
        return MoreElements.isAnnotationPresent(method, TypeNames.STEP)
                || MoreElements.isAnnotationPresent(method, TypeNames.TRANSACTION);
    }
}
