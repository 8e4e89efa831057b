package io.dtx.processor.validate;

import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.AnnotationUse;
import io.dtx.processor.model.Method;
import java.util.List;
import java.util.stream.Stream;

/**
 * A method that the woven class overrides.
 *
 * @param method the method
 * @param annotation the annotation that makes it a step or a transaction
 * @param isStep whether it is a step
 * @param isAtomic whether it is an ATOMIC transaction
 */
record Woven(Method method, AnnotationUse annotation, boolean isStep, boolean isAtomic) {

    static List<Woven> of(AnnotatedClass of) {
        return Stream.concat(
                        of.steps().stream().map(step -> new Woven(step.method(), step.annotation(), true, false)),
                        of.transactions().stream()
                                .map(each -> new Woven(each.method(), each.annotation(), false, each.isAtomic())))
                .toList();
    }

    /** Returns the annotation's simple name. */
    String annotationName() {
        return isStep ? "SagaStep" : "DistributedTransaction";
    }
}
