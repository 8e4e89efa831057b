package io.dtx.processor.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import io.dtx.processor.model.Method;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;

/** The parts of a method that overrides one of the user's. */
final class Overrides {

    private static final Set<Modifier> ACCESS = Set.of(Modifier.PUBLIC, Modifier.PROTECTED);

    private Overrides() {}

    /** Begins an override: all but its body. */
    static MethodSpec.Builder of(Method method, CopiedAnnotations copied) {
        MethodSpec.Builder override = MethodSpec.methodBuilder(method.name())
                .addAnnotation(Override.class)
                .addAnnotations(copied.ofMethod(method.element()))
                .returns(TypeName.get(method.type().getReturnType()))
                .varargs(method.element().isVarArgs());
        method.element().getModifiers().stream().filter(ACCESS::contains).forEach(override::addModifiers);
        method.type().getThrownTypes().forEach(thrown -> override.addException(TypeName.get(thrown)));
        for (int i = 0; i < method.parameters().size(); i++) {
            VariableElement parameter = method.parameters().get(i);
            override.addParameter(ParameterSpec.builder(
                            TypeName.get(method.parameterTypes().get(i)),
                            parameter.getSimpleName().toString())
                    .addAnnotations(copied.ofParameter(parameter, method.element()))
                    .build());
        }
        return override;
    }

    /** Returns the call of the overridden method. */
    static CodeBlock superCall(Method method) {
        return CodeBlock.of(
                "super.$L($L)",
                method.name(),
                method.parameters().stream()
                        .map(parameter -> CodeBlock.of("$L", parameter.getSimpleName()))
                        .collect(CodeBlock.joining(", ")));
    }

    /** Returns the gateway's body: a call of the overridden method. */
    static CodeBlock body(Method method) {
        return isVoid(method)
                ? CodeBlock.of("() -> {$>\n$L;\nreturn null;$<\n}", superCall(method))
                : CodeBlock.of("() -> $L", superCall(method));
    }

    static boolean isVoid(Method method) {
        return method.type().getReturnType().getKind() == TypeKind.VOID;
    }
}
