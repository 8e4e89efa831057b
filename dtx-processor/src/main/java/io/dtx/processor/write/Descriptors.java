package io.dtx.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.dtx.processor.model.Compensation;
import io.dtx.processor.model.Retry;
import io.dtx.processor.model.Step;
import io.dtx.processor.model.Transaction;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeMirror;

/** A constant for each step and each transaction: what its annotation says. */
final class Descriptors implements TypeRule {

    @Override
    public void addTo(TypeSpec.Builder type, Generation of) {
        for (Step step : of.steps()) {
            type.addField(FieldSpec.builder(
                            Spi.of(Spi.STEP, result(step)), of.constant(step), Modifier.STATIC, Modifier.FINAL)
                    .initializer(step(step, of))
                    .build());
        }
        for (Transaction transaction : of.transactions()) {
            type.addField(FieldSpec.builder(Spi.TRANSACTION, of.constant(transaction), Modifier.STATIC, Modifier.FINAL)
                    .initializer(transaction(transaction))
                    .build());
        }
    }

    /** Returns a step's result type, boxed; Void for none. */
    static TypeName result(Step step) {
        TypeName type = TypeName.get(step.method().type().getReturnType());
        return type.equals(TypeName.VOID) ? ClassName.get(Void.class) : type.box();
    }

    private static CodeBlock step(Step step, Generation of) {
        CodeBlock.Builder code = CodeBlock.builder()
                .add("$T.<$T>named($S, $L)", Spi.STEP, result(step), step.name(), hex(Contract.of(step)))
                .indent()
                .indent();
        if (!step.isExternal()) {
            code.add("\n.resource($S)", step.resource());
        }
        step.compensation()
                .map(Compensation::method)
                .ifPresent(method -> code.add("\n.compensation($S)", method.name()));
        if (step.timeout().millis() > 0) {
            code.add("\n.timeoutMillis($LL)", step.timeout().millis());
        }
        if (!step.retry().isDefault()) {
            code.add("\n.retry($L)", retry(step.retry(), 1));
        }
        if (!step.compensationRetry().isDefault()) {
            code.add("\n.compensationRetry($L)", retry(step.compensationRetry(), 120));
        }
        step.result().ifPresent(result -> code.add("\n.result(new $L())", of.resultCodec(step)));
        if (!step.noEffectOn().isEmpty()) {
            code.add("\n.noEffectOn($L)", classes(step.noEffectOn()));
        }
        if (step.isStandalone()) {
            code.add("\n.standalone()");
        }
        if (step.sensitive()) {
            code.add("\n.sensitive()");
        }
        return code.add("\n.build()").unindent().unindent().build();
    }

    private static CodeBlock transaction(Transaction transaction) {
        return CodeBlock.of(
                "new $T($>$>\n$S,\n$T.$L,\n$T.$L,\n$T.BACKWARD,\n$LL,\n$L$L)$<$<",
                Spi.TRANSACTION,
                transaction.name(),
                ClassName.get("io.dtx", "TransactionMode"),
                transaction.mode(),
                ClassName.get("io.dtx", "Propagation"),
                transaction.propagation(),
                ClassName.get("io.dtx", "Recovery"),
                transaction.timeout().millis(),
                classes(transaction.dontRollbackOn()),
                transaction.sensitive() ? ",\ntrue" : "");
    }

    private static CodeBlock retry(Retry retry, int defaultAttempts) {
        return CodeBlock.of(
                "new $T($L, $LL, $L, $LL, $L), $L, $L",
                Spi.RETRY,
                retry.maxAttempts() == 0 ? defaultAttempts : retry.maxAttempts(),
                retry.delay().millis(),
                retry.multiplier(),
                retry.maxDelay().millis(),
                retry.jitter(),
                classes(retry.retryOn()),
                classes(retry.abortOn()));
    }

    private static CodeBlock classes(List<TypeMirror> types) {
        CodeBlock listed = types.stream()
                .map(type -> CodeBlock.of("$T.class", TypeName.get(type)))
                .collect(CodeBlock.joining(", "));
        return CodeBlock.of("$T.of($L)", List.class, listed);
    }

    private static String hex(long hash) {
        return "0x" + String.format("%016x", hash) + "L";
    }
}
