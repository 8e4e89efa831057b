package io.dtx.processor.validate;

import com.google.auto.common.MoreElements;
import io.dtx.processor.message.Message;
import io.dtx.processor.message.Place;
import io.dtx.processor.message.Problems;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.Compensation;
import io.dtx.processor.model.Method;
import io.dtx.processor.model.Parameter;
import io.dtx.processor.model.Parameter.Role;
import io.dtx.processor.model.Step;
import io.dtx.processor.model.TypeNames;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** A {@code @StepResult} has the type of the step's result; where nothing guards the step, it may be unknown. */
record ResultRule(Elements elements, Types types) implements Rule {

    @Override
    public void judge(AnnotatedClass of, Problems problems) {
        for (Step step : of.steps()) {
            step.compensation()
                    .ifPresent(compensation -> compensation
                            .all(Role.RESULT)
                            .forEach(parameter -> judge(of, step, compensation, parameter, problems)));
        }
        judgeStrays(of, problems);
    }

    private void judge(
            AnnotatedClass of, Step step, Compensation compensation, Parameter parameter, Problems problems) {
        Place place = ParameterRule.place(of, step, compensation, parameter);
        String undo = compensation.method().label();
        String method = step.method().label();
        TypeMirror result = step.method().type().getReturnType();
        if (!step.returnsValue()) {
            problems.add(Message.RESULT_OF_VOID, place, undo, method);
        } else if (step.isExternal()) {
            TypeMirror boxed = boxed(result);
            TypeElement optional = elements.getTypeElement("java.util.Optional");
            if (!types.isSameType(parameter.type(), types.getDeclaredType(optional, boxed))) {
                problems.add(
                        Message.RESULT_NOT_OPTIONAL, place, undo, Names.of(parameter.type()), method, Names.of(boxed));
            }
        } else if (!types.isSameType(parameter.type(), result)) {
            problems.add(
                    Message.RESULT_TYPE_DIFFERS, place, undo, Names.of(parameter.type()), method, Names.of(result));
        }
    }

    private TypeMirror boxed(TypeMirror type) {
        return type instanceof PrimitiveType primitive
                ? types.boxedClass(primitive).asType()
                : type;
    }

    private static void judgeStrays(AnnotatedClass of, Problems problems) {
        for (Method method : of.methods()) {
            boolean compensates =
                    of.steps().stream().anyMatch(step -> step.compensate().equals(method.name()));
            for (VariableElement parameter : method.parameters()) {
                if (!compensates
                        && method.owner().equals(of.type())
                        && !of.isAbstract()
                        && MoreElements.isAnnotationPresent(parameter, TypeNames.STEP_RESULT)) {
                    problems.add(Message.RESULT_STRAY, Place.of(parameter), method.label(), of.label());
                }
            }
        }
    }
}
