package io.dtx.processor.read;

import com.google.auto.common.MoreElements;
import com.google.auto.common.MoreTypes;
import io.dtx.processor.model.Method;
import io.dtx.processor.model.TypeNames;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Finds out whether a method has a value with {@code @Sensitive}. */
final class SensitiveReader {

    private final Elements elements;
    private final Types types;
    private final TypeElement of;
    private final Set<TypeElement> supertypes = new HashSet<>();

    /** Reads methods of a class. */
    SensitiveReader(Elements elements, Types types, TypeElement of) {
        this.elements = elements;
        this.types = types;
        this.of = of;
        addSupertypes(of.asType());
    }

    /** Returns whether a parameter is marked, here or where the method is overridden, or a part of what it takes or returns. */
    boolean has(Method method) {
        Set<TypeElement> seen = new HashSet<>();
        return isMarked(method.element())
                || overridden(method).anyMatch(SensitiveReader::isMarked)
                || Stream.concat(
                                method.parameterTypes().stream(),
                                Stream.of(method.type().getReturnType()))
                        .anyMatch(type -> tells(type, seen));
    }

    private Stream<ExecutableElement> overridden(Method method) {
        return supertypes.stream()
                .flatMap(type -> ElementFilter.methodsIn(type.getEnclosedElements()).stream())
                .filter(other -> elements.overrides(method.element(), other, of));
    }

    private static boolean isMarked(ExecutableElement method) {
        return method.getParameters().stream().anyMatch(SensitiveReader::isMarked);
    }

    private static boolean isMarked(Element bearer) {
        return MoreElements.isAnnotationPresent(bearer, TypeNames.SENSITIVE);
    }

    private boolean tells(TypeMirror type, Set<TypeElement> seen) {
        if (type.getKind() == TypeKind.ARRAY) {
            return tells(((ArrayType) type).getComponentType(), seen);
        }
        if (type instanceof WildcardType wildcard) {
            return wildcard.getExtendsBound() != null && tells(wildcard.getExtendsBound(), seen);
        }
        if (type.getKind() != TypeKind.DECLARED) {
            return false;
        }
        List<? extends TypeMirror> arguments = MoreTypes.asDeclared(type).getTypeArguments();
        return arguments.stream().anyMatch(argument -> tells(argument, seen))
                || tells(MoreTypes.asTypeElement(type), seen);
    }

    // A record's type variables are looked at where they have arguments.
    private boolean tells(TypeElement element, Set<TypeElement> seen) {
        return seen.add(element)
                && (element.getRecordComponents().stream()
                                .anyMatch(component -> isMarked(component) || tells(component.asType(), seen))
                        || element.getPermittedSubclasses().stream().anyMatch(each -> tells(each, seen)));
    }

    private void addSupertypes(TypeMirror type) {
        for (TypeMirror each : types.directSupertypes(type)) {
            if (supertypes.add(MoreTypes.asTypeElement(each))) {
                addSupertypes(each);
            }
        }
    }
}
