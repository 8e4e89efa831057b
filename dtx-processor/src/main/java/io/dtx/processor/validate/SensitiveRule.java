package io.dtx.processor.validate;

import com.google.auto.common.MoreElements;
import io.dtx.processor.message.Message;
import io.dtx.processor.message.Place;
import io.dtx.processor.message.Problems;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.Method;
import io.dtx.processor.model.TypeNames;
import javax.lang.model.element.VariableElement;

/** {@code @Sensitive} on a parameter that dtx never sees protects nothing: the user may rely on it. */
final class SensitiveRule implements Rule {

    @Override
    public void judge(AnnotatedClass of, Problems problems) {
        if (of.isAbstract()) { // a subclass may make any of its methods a compensation
            return;
        }
        for (Method method : of.methods()) {
            if (!method.owner().equals(of.type()) || isSeen(of, method)) {
                continue;
            }
            for (VariableElement parameter : method.parameters()) {
                if (MoreElements.isAnnotationPresent(parameter, TypeNames.SENSITIVE)) {
                    problems.add(
                            Message.SENSITIVE_STRAY, Place.of(parameter), parameter.getSimpleName(), method.label());
                }
            }
        }
    }

    private static boolean isSeen(AnnotatedClass of, Method method) {
        return of.transactions().stream().anyMatch(each -> each.method().equals(method))
                || of.steps().stream()
                        .anyMatch(step -> step.method().equals(method)
                                || step.compensate().equals(method.name()));
    }
}
