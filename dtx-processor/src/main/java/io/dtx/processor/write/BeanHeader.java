package io.dtx.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.TypeSpec;

/** The annotations of the woven class. */
record BeanHeader(CopiedAnnotations copied) implements TypeRule {

    @Override
    public void addTo(TypeSpec.Builder type, Generation of) {
        type.addAnnotation(AnnotationSpec.builder(Spi.GENERATED_PARTICIPANT)
                .addMember("of", "$T.class", of.type())
                .addMember("participant", "$T.class", of.participant())
                .build());
        copied.ofClass(of.of().type()).forEach(type::addAnnotation);
    }
}
