package io.dtx.processor.model;

import io.dtx.processor.model.Parameter.Role;
import java.util.List;
import java.util.Optional;

/**
 * The method that undoes a step.
 *
 * @param method the method
 * @param parameters its parameters with what they receive
 */
public record Compensation(Method method, List<Parameter> parameters) {

    /** Takes a copy. */
    public Compensation {
        parameters = List.copyOf(parameters);
    }

    /** Returns the parameters that receive the step's arguments. */
    public List<Parameter> arguments() {
        return all(Role.ARGUMENT);
    }

    /** Returns the parameter that receives the step's result. */
    public Optional<Parameter> result() {
        return all(Role.RESULT).stream().findFirst();
    }

    /** Returns the parameters with a role, in order. */
    public List<Parameter> all(Role role) {
        return parameters.stream().filter(parameter -> parameter.role() == role).toList();
    }
}
