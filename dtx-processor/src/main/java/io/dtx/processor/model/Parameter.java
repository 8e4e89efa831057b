package io.dtx.processor.model;

import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/**
 * A parameter of a compensation.
 *
 * @param element the parameter
 * @param type its type, seen from the annotated class
 * @param role what it receives
 */
public record Parameter(VariableElement element, TypeMirror type, Role role) {

    /** What a compensation's parameter receives. */
    public enum Role {
        /** The step's argument at the same position. */
        ARGUMENT,
        /** The step's result. */
        RESULT,
        /** The call's {@code StepContext}. */
        CONTEXT
    }

    /** Returns the parameter's name. */
    public String name() {
        return element.getSimpleName().toString();
    }
}
