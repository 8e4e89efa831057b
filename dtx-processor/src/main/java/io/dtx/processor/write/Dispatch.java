package io.dtx.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.dtx.processor.model.Compensation;
import io.dtx.processor.model.Parameter;
import io.dtx.processor.model.Step;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** Calls the compensation of a step with what was recorded. */
final class Dispatch implements TypeRule {

    @Override
    public void addTo(TypeSpec.Builder type, Generation of) {
        List<Step> compensable = of.steps().stream()
                .filter(step -> step.compensation().isPresent())
                .toList();
        type.addMethod(compensate(compensable, of));
        for (Step step : compensable) {
            step.compensation().ifPresent(compensation -> type.addMethod(call(step, compensation, of)));
        }
    }

    private static MethodSpec compensate(List<Step> compensable, Generation of) {
        MethodSpec.Builder method =
                signature("compensate", "result").addAnnotation(Override.class).addModifiers(Modifier.PUBLIC);
        CodeBlock.Builder body = CodeBlock.builder().beginControlFlow("switch (step.name())");
        for (Step step : compensable) {
            body.add("case $S:\n$>", step.name());
            body.addStatement("$L(bean, arguments, result, context)", of.verb("compensate", step));
            body.addStatement("break").add("$<");
        }
        body.add("default:\n$>");
        body.addStatement(
                "throw new $T($S + step)",
                IllegalArgumentException.class,
                of.of().label() + " has no compensation for ");
        return method.addCode(body.add("$<").endControlFlow().build()).build();
    }

    private static MethodSpec.Builder signature(String name, String result) {
        return MethodSpec.methodBuilder(name)
                .addParameter(Object.class, "bean")
                .addParameter(Spi.ofAny(Spi.STEP), "step")
                .addParameter(Spi.READER, "arguments")
                .addParameter(Spi.READER, result)
                .addParameter(Spi.STEP_CONTEXT, "context")
                .addException(Throwable.class);
    }

    private static MethodSpec call(Step step, Compensation compensation, Generation of) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(of.verb("compensate", step))
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(Object.class, "bean")
                .addParameter(Spi.READER, "arguments")
                .addParameter(Spi.READER, "result")
                .addParameter(Spi.STEP_CONTEXT, "context")
                .addException(Throwable.class);
        CodecCalls codecs = new CodecCalls(of, "arguments");
        List<CodeBlock> given = new ArrayList<>();
        Iterator<CodeBlock> arguments =
                step.arguments().stream().map(codecs::read).iterator();
        int place = 0;
        for (Parameter parameter : compensation.parameters()) {
            String local = "argument" + place++;
            switch (parameter.role()) {
                case ARGUMENT -> {
                    method.addStatement("$T $L = $L", TypeName.get(parameter.type()), local, arguments.next());
                    given.add(CodeBlock.of("$L", local));
                }
                case RESULT -> {
                    addResult(method, step, local, of);
                    given.add(CodeBlock.of("$L", local));
                }
                case CONTEXT -> given.add(CodeBlock.of("context"));
            }
        }
        method.addStatement("arguments.end()");
        method.addStatement(
                "(($T) bean).$L($L)",
                Bridges.needs(compensation, of) ? of.bean() : of.type(),
                compensation.method().name(),
                CodeBlock.join(given, ", "));
        return method.build();
    }

    private static void addResult(MethodSpec.Builder method, Step step, String local, Generation of) {
        TypeName type = Descriptors.result(step);
        CodeBlock read = step.result().map(new CodecCalls(of, "result")::read).orElseThrow();
        if (step.isExternal()) {
            TypeName optional = Spi.of(ClassName.get(Optional.class), type);
            method.addStatement("$T $L = $T.empty()", optional, local, Optional.class);
            method.beginControlFlow("if (result != null)");
            method.addStatement("$L = $T.ofNullable($L)", local, Optional.class, read);
        } else {
            method.beginControlFlow("if (result == null)");
            method.addStatement(
                    "throw new $T($S)", Spi.MALFORMED, "the result of " + step.name() + " was not recorded");
            method.endControlFlow();
            method.addStatement("$T $L = $L", TypeName.get(step.method().type().getReturnType()), local, read);
            method.addStatement("result.end()");
            return;
        }
        method.addStatement("result.end()");
        method.endControlFlow();
    }
}
