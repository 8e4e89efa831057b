package io.dtx.processor.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import io.dtx.processor.model.Step;
import java.util.Set;
import java.util.stream.Collectors;

/** An override for each step: it enters the gateway with what is recorded, and with the step itself as the body. */
record StepOverrides(CopiedAnnotations copied) implements TypeRule {

    @Override
    public void addTo(TypeSpec.Builder type, Generation of) {
        for (Step step : of.steps()) {
            MethodSpec.Builder override = Overrides.of(step.method(), copied);
            override.addStatement(
                    "$L$L().step($>$>$T.$L,\n$L,\n$L)$<$<",
                    step.returnsValue() ? "return " : "",
                    GatewayBinding.GATEWAY,
                    of.participant(),
                    of.constant(step),
                    recorder(step, of),
                    Overrides.body(step.method()));
            type.addMethod(override.build());
        }
    }

    private static CodeBlock recorder(Step step, Generation of) {
        Set<String> names = step.method().parameters().stream()
                .map(parameter -> parameter.getSimpleName().toString())
                .collect(Collectors.toSet());
        String out = "out";
        while (names.contains(out)) {
            out += "_";
        }
        if (step.arguments().isEmpty()) {
            return CodeBlock.of("$L -> {}", out);
        }
        String given = step.method().parameters().stream()
                .limit(step.arguments().size())
                .map(parameter -> ", " + parameter.getSimpleName())
                .collect(Collectors.joining());
        return CodeBlock.of("$L -> $T.$L($L$L)", out, of.participant(), of.verb("record", step), out, given);
    }
}
