package io.dtx.processor.write;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.dtx.processor.model.Method;
import io.dtx.processor.model.Step;
import io.dtx.processor.model.Transaction;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** The methods for interceptors, which have a call's arguments in an array. */
record Interception(ClassFileNames names) implements TypeRule {

    @Override
    public void addTo(TypeSpec.Builder type, Generation of) {
        List<Method> methods = new ArrayList<>();
        of.transactions().stream().map(Transaction::method).forEach(methods::add);
        of.steps().stream().map(Step::method).forEach(methods::add);
        methods.removeIf(method -> method.is(Modifier.PRIVATE) || method.is(Modifier.STATIC));
        type.addMethod(has(methods));
        type.addMethod(enter(methods, of));
    }

    private MethodSpec has(List<Method> methods) {
        CodeBlock.Builder body = CodeBlock.builder().beginControlFlow("switch (method)");
        methods.forEach(method -> body.add("case $S:\n", key(method)));
        if (!methods.isEmpty()) {
            body.indent().addStatement("return true").unindent();
        }
        body.add("default:\n$>").addStatement("return false").add("$<");
        return MethodSpec.methodBuilder("has")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addParameter(String.class, "method")
                .returns(TypeName.BOOLEAN)
                .addCode(body.endControlFlow().build())
                .build();
    }

    private MethodSpec enter(List<Method> methods, Generation of) {
        CodeBlock.Builder body = CodeBlock.builder().beginControlFlow("switch (method)");
        for (Method method : methods) {
            body.add("case $S:\n$>", key(method));
            CodeBlock call = call(method);
            if (Overrides.isVoid(method)) {
                body.addStatement(call).addStatement("return null");
            } else {
                body.addStatement("return $L", call);
            }
            body.add("$<");
        }
        body.add("default:\n$>")
                .addStatement(
                        "throw new $T($S + method)",
                        IllegalArgumentException.class,
                        of.of().label() + " has no step or transaction ")
                .add("$<");
        return MethodSpec.methodBuilder("enter")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addParameter(Spi.GATEWAY, "gateway")
                .addParameter(String.class, "method")
                .addParameter(Spi.ofAny(Spi.BODY), "body")
                .addParameter(ArrayTypeName.of(Object.class), "arguments")
                .addException(Throwable.class)
                .returns(Object.class)
                .addCode(body.endControlFlow().build())
                .build();
    }

    private static CodeBlock call(Method method) {
        CodeBlock.Builder call = CodeBlock.builder().add("$L(gateway, ($T) body", method.name(), Entries.body(method));
        for (int i = 0; i < method.parameterTypes().size(); i++) {
            call.add(
                    ", ($T) arguments[$L]", TypeName.get(method.parameterTypes().get(i)), i);
        }
        return call.add(")").build();
    }

    private String key(Method method) {
        return method.name() + names.descriptor(method);
    }
}
