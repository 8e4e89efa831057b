package io.dtx.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.dtx.spi.Weave;
import java.util.List;
import javax.lang.model.element.Modifier;

/** The participant's constructor, and the methods that say what it has. */
final class Listing implements TypeRule {

    private static final ClassName LIST = ClassName.get(List.class);

    @Override
    public void addTo(TypeSpec.Builder type, Generation of) {
        type.addMethod(MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("Creates the participant; it has no state.\n")
                .build());
        type.addMethod(method("className", ClassName.get(String.class))
                .addStatement("return $S", binaryName(of))
                .build());
        type.addMethod(list("steps", Spi.ofAny(Spi.STEP), of.steps(), of));
        type.addMethod(list("transactions", Spi.TRANSACTION, of.transactions(), of));
        if (of.of().weave() != Weave.SUBCLASS) {
            type.addMethod(method("calls", Spi.GENERATED_CALLS)
                    .addStatement("return new $T()", of.calls())
                    .build());
        }
    }

    private static MethodSpec list(String name, TypeName element, List<?> described, Generation of) {
        CodeBlock constants = described.stream()
                .map(each -> CodeBlock.of("$L", of.constant(each)))
                .collect(CodeBlock.joining(", "));
        return method(name, Spi.of(LIST, element))
                .addStatement("return $T.of($L)", LIST, constants)
                .build();
    }

    private static MethodSpec.Builder method(String name, TypeName returns) {
        return MethodSpec.methodBuilder(name)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(returns);
    }

    private static String binaryName(Generation of) {
        return ClassName.get(of.of().type()).reflectionName();
    }
}
