package io.dtx.processor.write;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.dtx.processor.model.Recorded;
import io.dtx.processor.model.Step;
import java.util.List;
import javax.lang.model.element.Modifier;

/** What is recorded of a step: a method that writes its arguments, and a codec for its result. */
final class Recorders implements TypeRule {

    @Override
    public void addTo(TypeSpec.Builder type, Generation of) {
        for (Step step : of.steps()) {
            if (!step.arguments().isEmpty()) {
                type.addMethod(recorder(step, of));
            }
            step.result().ifPresent(result -> type.addType(resultCodec(step, result, of)));
        }
    }

    private static MethodSpec recorder(Step step, Generation of) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(of.verb("record", step))
                .addModifiers(Modifier.STATIC)
                .addParameter(Spi.WRITER, "out");
        CodecCalls codecs = new CodecCalls(of, "out");
        List<Recorded> arguments = step.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            method.addParameter(TypeName.get(step.method().parameterTypes().get(i)), "argument" + i);
            method.addStatement(codecs.write(arguments.get(i), "argument" + i));
        }
        return method.build();
    }

    private static TypeSpec resultCodec(Step step, Recorded result, Generation of) {
        TypeName type = Descriptors.result(step);
        return TypeSpec.classBuilder(of.resultCodec(step))
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addSuperinterface(Spi.of(Spi.CODEC, type))
                .addMethod(MethodSpec.methodBuilder("write")
                        .addAnnotation(Override.class)
                        .addModifiers(Modifier.PUBLIC)
                        .addParameter(Spi.WRITER, "out")
                        .addParameter(type, "value")
                        .addStatement(new CodecCalls(of, "out").write(result, "value"))
                        .build())
                .addMethod(MethodSpec.methodBuilder("read")
                        .addAnnotation(Override.class)
                        .addModifiers(Modifier.PUBLIC)
                        .returns(type)
                        .addParameter(Spi.READER, "in")
                        .addStatement("return $L", new CodecCalls(of, "in").read(result))
                        .build())
                .build();
    }

    static FieldSpec.Builder constant(TypeName type, String name) {
        return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL);
    }
}
