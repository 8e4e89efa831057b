package io.dtx.processor.write;

import com.palantir.javapoet.TypeSpec;

/** Adds one concern to a generated type. */
@FunctionalInterface
interface TypeRule {

    void addTo(TypeSpec.Builder type, Generation of);
}
