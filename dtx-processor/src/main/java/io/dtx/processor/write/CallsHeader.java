package io.dtx.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import javax.lang.model.element.Modifier;

/** What the calls belong to, where they enter once the class is woven, and when they do not. */
final class CallsHeader implements TypeRule {

    private static final String GATEWAY = "GATEWAY";

    @Override
    public void addTo(TypeSpec.Builder type, Generation of) {
        type.addAnnotation(AnnotationSpec.builder(Spi.GENERATED_PARTICIPANT)
                .addMember("of", "$T.class", of.type())
                .addMember("participant", "$T.class", of.participant())
                .addMember("weave", "$T.$L", Spi.WEAVE, of.of().weave().name())
                .build());
        type.addField(FieldSpec.builder(Spi.WOVEN_GATEWAY, GATEWAY, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .initializer("new $T($T.class)", Spi.WOVEN_GATEWAY, of.type())
                .addJavadoc("Where woven calls enter.\n")
                .build());
        type.addMethod(MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("For runtimes and containers.\n")
                .build());
        type.addMethod(MethodSpec.methodBuilder("gateway")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(Spi.WOVEN_GATEWAY)
                .addStatement("return $L", GATEWAY)
                .build());
        if (!of.of().type().getKind().isInterface()) {
            type.addMethod(isPlain(of));
        }
    }

    private static MethodSpec isPlain(Generation of) {
        return MethodSpec.methodBuilder("isPlain")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addParameter(Object.class, "self")
                .returns(TypeName.BOOLEAN)
                .addJavadoc("Returns whether a call has entered already, for a subclass.\n")
                .addStatement("return self.getClass() != $T.class && $L.isPlain(self)", of.type(), GATEWAY)
                .build();
    }
}
