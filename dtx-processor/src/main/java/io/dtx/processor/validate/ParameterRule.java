package io.dtx.processor.validate;

import io.dtx.processor.message.Message;
import io.dtx.processor.message.Place;
import io.dtx.processor.message.Problems;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.Compensation;
import io.dtx.processor.model.Method;
import io.dtx.processor.model.Parameter;
import io.dtx.processor.model.Parameter.Role;
import io.dtx.processor.model.Step;
import java.util.List;
import java.util.Optional;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** A compensation takes the step's first parameters in their order, then the result, then the context. */
record ParameterRule(Types types) implements Rule {

    @Override
    public void judge(AnnotatedClass of, Problems problems) {
        for (Step step : of.steps()) {
            step.compensation().ifPresent(compensation -> {
                judgeArguments(of, step, compensation, problems);
                judgeOrder(of, step, compensation, problems);
            });
        }
    }

    private void judgeArguments(AnnotatedClass of, Step step, Compensation compensation, Problems problems) {
        Method method = step.method();
        Method undo = compensation.method();
        List<Parameter> taken = compensation.arguments();
        int given = method.parameters().size();
        if (taken.size() > given) {
            problems.add(
                    Message.COMPENSATION_TAKES_MORE,
                    place(of, step, compensation, taken.get(given)),
                    undo.label(),
                    taken.size(),
                    method.label(),
                    given);
        }
        for (int i = 0; i < Math.min(taken.size(), given); i++) {
            Parameter parameter = taken.get(i);
            TypeMirror wanted = method.parameterTypes().get(i);
            if (!types.isSameType(parameter.type(), wanted)) {
                problems.add(
                        Message.COMPENSATION_TYPE_DIFFERS,
                        place(of, step, compensation, parameter),
                        i + 1,
                        undo.label(),
                        Names.of(parameter.type()),
                        method.label(),
                        Names.of(wanted));
            } else if (isSwapped(method, parameter.name(), i)) {
                problems.add(
                        Message.COMPENSATION_NAMES_SWAPPED,
                        place(of, step, compensation, parameter),
                        undo.label(),
                        parameter.name(),
                        method.label(),
                        method.parameters().get(i).getSimpleName());
            }
        }
    }

    // Another parameter of the step has the name: the values would be mixed up. Class files without names have arg0,
    // arg1.
    private static boolean isSwapped(Method step, String name, int at) {
        for (int i = 0; i < step.parameters().size(); i++) {
            if (i != at && step.parameters().get(i).getSimpleName().contentEquals(name)) {
                return !name.matches("arg[0-9]+");
            }
        }
        return false;
    }

    private static void judgeOrder(AnnotatedClass of, Step step, Compensation compensation, Problems problems) {
        List<Parameter> all = compensation.parameters();
        List<Parameter> results = compensation.all(Role.RESULT);
        if (results.size() > 1) {
            problems.add(
                    Message.RESULT_TWICE,
                    place(of, step, compensation, results.get(1)),
                    compensation.method().label());
        }
        for (Parameter context : compensation.all(Role.CONTEXT)) {
            if (all.indexOf(context) != all.size() - 1) {
                problems.add(
                        Message.CONTEXT_NOT_LAST,
                        place(of, step, compensation, context),
                        compensation.method().label());
            }
        }
        for (Parameter result : results) {
            Optional<Parameter> late = all.subList(all.indexOf(result), all.size()).stream()
                    .filter(parameter -> parameter.role() == Role.ARGUMENT)
                    .findFirst();
            late.ifPresent(parameter -> problems.add(
                    Message.RESULT_NOT_AFTER,
                    place(of, step, compensation, result),
                    compensation.method().label(),
                    parameter.name()));
        }
    }

    static Place place(AnnotatedClass of, Step step, Compensation compensation, Parameter parameter) {
        Place ofMethod = CompensationRule.placeOf(of, step, compensation.method());
        return ofMethod.annotation() == null ? Place.of(parameter.element()) : ofMethod;
    }
}
