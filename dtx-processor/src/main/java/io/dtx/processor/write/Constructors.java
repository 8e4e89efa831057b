package io.dtx.processor.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.TypeVariableName;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;

/** The original's constructors, with their annotations and those of their parameters. */
record Constructors(CopiedAnnotations copied) implements TypeRule {

    private static final Set<Modifier> ACCESS = Set.of(Modifier.PUBLIC, Modifier.PROTECTED);

    @Override
    public void addTo(TypeSpec.Builder type, Generation of) {
        for (ExecutableElement constructor :
                ElementFilter.constructorsIn(of.of().type().getEnclosedElements())) {
            if (!constructor.getModifiers().contains(Modifier.PRIVATE)) {
                type.addMethod(copy(constructor));
            }
        }
    }

    private MethodSpec copy(ExecutableElement constructor) {
        MethodSpec.Builder copy = MethodSpec.constructorBuilder()
                .addAnnotations(copied.kept(constructor))
                .varargs(constructor.isVarArgs());
        constructor.getModifiers().stream().filter(ACCESS::contains).forEach(copy::addModifiers);
        constructor.getTypeParameters().forEach(each -> copy.addTypeVariable(TypeVariableName.get(each)));
        constructor.getThrownTypes().forEach(thrown -> copy.addException(TypeName.get(thrown)));
        for (VariableElement parameter : constructor.getParameters()) {
            copy.addParameter(ParameterSpec.builder(
                            TypeName.get(parameter.asType()),
                            parameter.getSimpleName().toString())
                    .addAnnotations(copied.kept(parameter))
                    .build());
        }
        CodeBlock given = constructor.getParameters().stream()
                .map(parameter -> CodeBlock.of("$L", parameter.getSimpleName()))
                .collect(CodeBlock.joining(", "));
        return copy.addStatement("super($L)", given).build();
    }
}
