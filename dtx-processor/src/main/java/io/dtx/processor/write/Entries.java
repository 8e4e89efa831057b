package io.dtx.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.dtx.processor.model.Method;
import io.dtx.processor.model.Step;
import io.dtx.processor.model.Transaction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/** A static method for each step and each transaction: it enters a gateway with a body that it is given. */
record Entries(ClassFileNames names) implements TypeRule {

    private static final String ARGUMENT = "argument";

    @Override
    public void addTo(TypeSpec.Builder type, Generation of) {
        for (Transaction transaction : of.transactions()) {
            MethodSpec.Builder entry = entry(transaction.method(), TransactionOverrides.isPlainOutside(transaction));
            type.addMethod(entry.addStatement(
                            "$Lgateway.transaction($T.$L, body)",
                            returning(transaction.method()),
                            of.participant(),
                            of.constant(transaction))
                    .build());
        }
        for (Step step : of.steps()) {
            MethodSpec.Builder entry = entry(step.method(), false);
            type.addMethod(entry.addStatement(
                            "$Lgateway.step($>$>$T.$L,\n$L,\nbody)$<$<",
                            returning(step.method()),
                            of.participant(),
                            of.constant(step),
                            recorder(step, of))
                    .build());
        }
    }

    /** Returns the type of the body of a method's call. */
    static TypeName body(Method method) {
        TypeName type = TypeName.get(method.type().getReturnType());
        return Spi.of(Spi.BODY, type.equals(TypeName.VOID) ? TypeName.get(Void.class) : type.box());
    }

    private MethodSpec.Builder entry(Method method, boolean plainOutside) {
        AnnotationSpec.Builder of = AnnotationSpec.builder(Spi.ENTRY_OF)
                .addMember("owner", "$S", names.owner(method))
                .addMember("name", "$S", method.name())
                .addMember("descriptor", "$S", names.descriptor(method));
        if (plainOutside) {
            of.addMember("plainOutside", "true");
        }
        MethodSpec.Builder entry = MethodSpec.methodBuilder(method.name())
                .addAnnotation(of.build())
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addJavadoc("Enters with a call of {@code $L}.\n", method.name())
                .returns(TypeName.get(method.type().getReturnType()))
                .addParameter(Spi.GATEWAY, "gateway")
                .addParameter(body(method), "body");
        for (int i = 0; i < method.parameterTypes().size(); i++) {
            entry.addParameter(TypeName.get(method.parameterTypes().get(i)), ARGUMENT + i);
        }
        return entry;
    }

    private static String returning(Method method) {
        return Overrides.isVoid(method) ? "" : "return ";
    }

    private static CodeBlock recorder(Step step, Generation of) {
        if (step.arguments().isEmpty()) {
            return CodeBlock.of("out -> {}");
        }
        String given = IntStream.range(0, step.arguments().size())
                .mapToObj(i -> ", " + ARGUMENT + i)
                .collect(Collectors.joining());
        return CodeBlock.of("out -> $T.$L(out$L)", of.participant(), of.verb("record", step), given);
    }
}
