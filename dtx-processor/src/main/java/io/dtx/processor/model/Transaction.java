package io.dtx.processor.model;

import java.util.List;
import javax.lang.model.type.TypeMirror;

/**
 * A method that {@code @DistributedTransaction} covers, itself or through its class.
 *
 * @param method the method
 * @param annotation the annotation, on the method or on the class
 * @param name the name in the log
 * @param mode the name of the mode
 * @param propagation the name of the propagation
 * @param timeout how long it may stay undecided
 * @param dontRollbackOn exceptions that let it commit
 * @param sensitive whether a value of the method is {@code @Sensitive}
 */
public record Transaction(
        Method method,
        AnnotationUse annotation,
        String name,
        String mode,
        String propagation,
        Duration timeout,
        List<TypeMirror> dontRollbackOn,
        boolean sensitive) {

    /** Returns whether two-phase commit ends it. */
    public boolean isAtomic() {
        return mode.equals("ATOMIC");
    }

    /** Returns whether the annotation stands on the method. */
    public boolean isAnnotatedItself() {
        return annotation.on().equals(method.element());
    }
}
