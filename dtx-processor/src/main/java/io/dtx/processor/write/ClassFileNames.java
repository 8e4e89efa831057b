package io.dtx.processor.write;

import com.google.auto.common.MoreElements;
import com.google.auto.common.MoreTypes;
import io.dtx.processor.model.Method;
import java.util.stream.Collectors;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** How class files call classes and methods. */
record ClassFileNames(Elements elements, Types types) {

    /** Returns the name of the class that declares a method, as {@link Class#getName()}. */
    String owner(Method method) {
        return elements.getBinaryName(method.owner()).toString();
    }

    /** Returns a method's descriptor, where it is declared: {@code (Ljava/lang/String;I)J}. */
    String descriptor(Method method) {
        return method.element().getParameters().stream()
                .map(parameter -> descriptor(parameter.asType()))
                .collect(Collectors.joining(
                        "", "(", ")" + descriptor(method.element().getReturnType())));
    }

    private String descriptor(TypeMirror type) {
        TypeKind kind = type.getKind();
        if (kind == TypeKind.ARRAY) {
            return "[" + descriptor(((ArrayType) type).getComponentType());
        }
        return switch (kind) {
            case BOOLEAN -> "Z";
            case BYTE -> "B";
            case SHORT -> "S";
            case CHAR -> "C";
            case INT -> "I";
            case LONG -> "J";
            case FLOAT -> "F";
            case DOUBLE -> "D";
            case VOID -> "V";
            default -> "L" + binaryName(types.erasure(type)).replace('.', '/') + ";";
        };
    }

    private String binaryName(TypeMirror erased) {
        return elements.getBinaryName(MoreElements.asType(MoreTypes.asElement(erased)))
                .toString();
    }
}
