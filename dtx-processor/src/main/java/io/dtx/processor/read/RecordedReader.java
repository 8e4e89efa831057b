package io.dtx.processor.read;

import com.google.auto.common.MoreElements;
import com.google.auto.common.MoreTypes;
import com.palantir.javapoet.TypeName;
import io.dtx.processor.model.AnnotationUse;
import io.dtx.processor.model.Definition;
import io.dtx.processor.model.PlainType;
import io.dtx.processor.model.Recorded;
import io.dtx.processor.model.TypeNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Finds out how types are recorded, and keeps the definitions of the records that it meets. */
final class RecordedReader {

    private static final int MAX_NESTING = 32;

    private final Elements elements;
    private final Types types;
    private final Map<String, Definition> definitions = new LinkedHashMap<>();
    private int nesting;

    RecordedReader(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    /** Returns the definitions met so far: the map grows as types are read. */
    Map<String, Definition> definitions() {
        return definitions;
    }

    /**
     * Returns how a type is recorded.
     *
     * @param bearer the parameter, component or method that may name a codec for it
     */
    Recorded of(TypeMirror type, Element bearer) {
        return AnnotationUse.of(bearer, TypeNames.RECORDED_BY)
                .map(annotation -> byCodec(type, annotation))
                .orElseGet(() -> of(type));
    }

    private static Recorded byCodec(TypeMirror type, AnnotationUse annotation) {
        return annotation
                .type("value")
                .<Recorded>map(codec -> new Recorded.ByCodec(type, codec, annotation))
                .orElseGet(() -> new Recorded.Unsupported(type, ""));
    }

    private Recorded of(TypeMirror type) {
        Optional<PlainType> plain = PlainType.of(TypeName.get(type).toString());
        if (plain.isPresent()) {
            return new Recorded.Plain(type, plain.get());
        }
        if (type.getKind() == TypeKind.ARRAY) {
            return new Recorded.Array(type, of(((ArrayType) type).getComponentType()));
        }
        if (type.getKind() != TypeKind.DECLARED) {
            return new Recorded.Unsupported(type, "");
        }
        DeclaredType declared = MoreTypes.asDeclared(type);
        TypeElement element = MoreTypes.asTypeElement(type);
        Optional<AnnotationUse> codec = AnnotationUse.of(element, TypeNames.RECORDED_BY);
        if (codec.isPresent()) {
            return byCodec(type, codec.get());
        }
        if (element.getTypeParameters().size() != declared.getTypeArguments().size()) {
            return new Recorded.Unsupported(type, "; say what its elements are");
        }
        return switch (element.getQualifiedName().toString()) {
            case "java.util.Optional" -> new Recorded.Maybe(type, argument(declared, 0));
            case "java.util.List" -> new Recorded.Elements(type, false, argument(declared, 0));
            case "java.util.Set" -> new Recorded.Elements(type, true, argument(declared, 0));
            case "java.util.Map" -> new Recorded.Entries(type, argument(declared, 0), argument(declared, 1));
            default -> composed(declared, element);
        };
    }

    private Recorded argument(DeclaredType type, int index) {
        TypeMirror argument = type.getTypeArguments().get(index);
        if (argument instanceof WildcardType wildcard) {
            TypeMirror bound = wildcard.getExtendsBound();
            return bound == null ? new Recorded.Unsupported(argument, "; say what its elements are") : of(bound);
        }
        return of(argument);
    }

    private Recorded composed(DeclaredType type, TypeElement element) {
        if (element.getKind() == ElementKind.ENUM) {
            return new Recorded.Constant(type);
        }
        boolean isRecord = element.getKind() == ElementKind.RECORD;
        boolean isSealed = element.getKind() == ElementKind.INTERFACE
                && element.getModifiers().contains(Modifier.SEALED)
                && element.getTypeParameters().isEmpty();
        if (!isRecord && !isSealed) {
            return new Recorded.Unsupported(type, hint(element));
        }
        if (type.getTypeArguments().stream()
                .anyMatch(each -> each.getKind() != TypeKind.DECLARED && each.getKind() != TypeKind.ARRAY)) {
            return new Recorded.Unsupported(type, "; say what its type arguments are");
        }
        if (nesting >= MAX_NESTING) {
            return new Recorded.Unsupported(type, "; it contains ever larger types of itself");
        }
        nesting++;
        Recorded defined = isRecord ? ofRecord(type, element) : ofSealed(type, element);
        nesting--;
        return defined;
    }

    private Recorded ofRecord(DeclaredType type, TypeElement element) {
        Recorded.Defined defined = new Recorded.Defined(type, TypeName.get(type).toString(), "record");
        if (definitions.containsKey(defined.key())) {
            return defined;
        }
        List<Definition.Component> components = new ArrayList<>();
        definitions.put(
                defined.key(), new Definition.OfRecord(type, components)); // before its components: they may contain it
        for (RecordComponentElement component : element.getRecordComponents()) {
            TypeMirror seen = MoreTypes.asExecutable(types.asMemberOf(type, component.getAccessor()))
                    .getReturnType();
            components.add(new Definition.Component(component.getSimpleName().toString(), of(seen, component)));
        }
        return defined;
    }

    private Recorded ofSealed(DeclaredType type, TypeElement element) {
        Recorded.Defined defined = new Recorded.Defined(type, TypeName.get(type).toString(), "sealed");
        if (definitions.containsKey(defined.key())) {
            return defined;
        }
        List<Definition.Case> cases = new ArrayList<>();
        definitions.put(defined.key(), new Definition.OfSealed(type, cases));
        addCases(element, cases);
        cases.sort(Comparator.comparing(Definition.Case::name)); // compilers list what is permitted in different orders
        return defined;
    }

    private void addCases(TypeElement sealed, List<Definition.Case> cases) {
        for (TypeMirror permitted : sealed.getPermittedSubclasses()) {
            TypeElement element = MoreTypes.asTypeElement(permitted);
            String name = element.getSimpleName().toString();
            if (element.getKind() == ElementKind.INTERFACE
                    && element.getModifiers().contains(Modifier.SEALED)) {
                addCases(element, cases);
            } else if (cases.stream().anyMatch(known -> known.name().equals(name))) {
                cases.add(new Definition.Case(
                        name, new Recorded.Unsupported(permitted, "; two of its records have the same simple name")));
            } else if (element.getKind() != ElementKind.RECORD
                    && !MoreElements.isAnnotationPresent(element, TypeNames.RECORDED_BY)) {
                cases.add(new Definition.Case(
                        name,
                        new Recorded.Unsupported(permitted, "; all that a sealed interface permits must be records")));
            } else {
                cases.add(new Definition.Case(name, of(permitted)));
            }
        }
    }

    private String hint(TypeElement element) {
        for (String known : List.of("java.util.List", "java.util.Set", "java.util.Map")) {
            TypeElement general = elements.getTypeElement(known);
            if (types.isSubtype(types.erasure(element.asType()), types.erasure(general.asType()))) {
                return "; declare it as " + general.getSimpleName();
            }
        }
        return element.getQualifiedName().contentEquals("java.util.Collection") ? "; declare it as List" : "";
    }
}
