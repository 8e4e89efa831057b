package io.dtx.processor.validate;

import com.palantir.javapoet.TypeName;
import javax.lang.model.type.TypeMirror;

/** How messages name types: without packages, so that they stay readable. */
final class Names {

    private Names() {}

    static String of(TypeMirror type) {
        return TypeName.get(type).toString().replaceAll("\\b[a-z_][A-Za-z0-9_]*\\.", "");
    }
}
