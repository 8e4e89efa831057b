package io.dtx.processor.write;

import com.google.auto.common.AnnotationMirrors;
import com.google.auto.common.MoreElements;
import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import io.dtx.processor.model.TypeNames;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;

/** Which of the user's annotations the woven class repeats: a container does not see them through inheritance. */
final class CopiedAnnotations {

    static final String INJECT = TypeNames.INJECT;

    private static final String NAMED = "jakarta.inject.Named";
    private static final String STEREOTYPE = "jakarta.enterprise.inject.Stereotype";
    private static final String BINDING = "jakarta.interceptor.InterceptorBinding";
    private static final Set<String> OF_BEANS = Set.of(
            "jakarta.inject.Scope",
            "jakarta.enterprise.context.NormalScope",
            "jakarta.inject.Qualifier",
            STEREOTYPE,
            BINDING);
    // What makes the original the bean that it is, beside its scope and qualifiers.
    private static final Set<String> SELECTION = Set.of(
            "jakarta.enterprise.inject.Alternative", "jakarta.enterprise.inject.Typed", "jakarta.annotation.Priority");
    private static final String SECURITY = "jakarta.annotation.security.";
    private static final Set<String> OBSERVING =
            Set.of("jakarta.enterprise.event.Observes", "jakarta.enterprise.event.ObservesAsync");

    /** Returns what the bean class repeats of the original. */
    List<AnnotationSpec> ofClass(TypeElement type) {
        List<AnnotationSpec> copied = new ArrayList<>();
        boolean isNamed = false;
        for (AnnotationMirror mirror : mirrors(type).toList()) {
            String name = name(mirror);
            if (name.equals(NAMED)) {
                isNamed = true;
                copied.add(named(type, mirror));
            } else if (isOfBean(mirror) || SELECTION.contains(name) || name.startsWith(SECURITY)) {
                copied.add(AnnotationSpec.get(mirror));
            }
        }
        if (!isNamed && isNamedByStereotype(type, new HashSet<>())) {
            copied.add(named(defaultName(type)));
        }
        return copied;
    }

    /** Returns what an override repeats of its method. */
    List<AnnotationSpec> ofMethod(ExecutableElement method) {
        return copies(mirrors(method).filter(mirror -> name(mirror).startsWith(SECURITY) || isBinding(mirror)));
    }

    /** Returns what an override's parameter repeats: all, in the method of an observer, else nothing. */
    List<AnnotationSpec> ofParameter(VariableElement parameter, ExecutableElement method) {
        boolean observes = method.getParameters().stream()
                .anyMatch(each -> OBSERVING.stream().anyMatch(name -> MoreElements.isAnnotationPresent(each, name)));
        return observes ? kept(parameter) : List.of();
    }

    /** Returns all annotations that exist at run time. */
    List<AnnotationSpec> kept(Element element) {
        return copies(mirrors(element).filter(CopiedAnnotations::isKept));
    }

    // Repeated annotations stand in one that holds them, which is nothing to a container.
    private static Stream<AnnotationMirror> mirrors(Element element) {
        return element.getAnnotationMirrors().stream().flatMap(CopiedAnnotations::repeated);
    }

    private static Stream<AnnotationMirror> repeated(AnnotationMirror mirror) {
        List<AnnotationMirror> held = new ArrayList<>();
        mirror.getElementValues().forEach((member, value) -> {
            if (member.getSimpleName().contentEquals("value") && value.getValue() instanceof List<?> values) {
                values.forEach(each -> {
                    if (each instanceof AnnotationValue inner && inner.getValue() instanceof AnnotationMirror one) {
                        held.add(one);
                    }
                });
            }
        });
        boolean isHolder =
                !held.isEmpty() && held.get(0).getAnnotationType().asElement().getAnnotation(Repeatable.class) != null;
        return isHolder ? held.stream() : Stream.of(mirror);
    }

    private static boolean isKept(AnnotationMirror mirror) {
        Retention retention = mirror.getAnnotationType().asElement().getAnnotation(Retention.class);
        return retention != null && retention.value() == RetentionPolicy.RUNTIME;
    }

    private boolean isOfBean(AnnotationMirror mirror) {
        return !isOurs(mirror)
                && OF_BEANS.stream()
                        .anyMatch(meta -> MoreElements.isAnnotationPresent(
                                mirror.getAnnotationType().asElement(), meta));
    }

    private boolean isBinding(AnnotationMirror mirror) {
        return !isOurs(mirror)
                && MoreElements.isAnnotationPresent(mirror.getAnnotationType().asElement(), BINDING);
    }

    private static boolean isOurs(AnnotationMirror mirror) {
        return name(mirror).equals(TypeNames.STEP) || name(mirror).equals(TypeNames.TRANSACTION);
    }

    private boolean isNamedByStereotype(Element type, Set<String> seen) {
        return type.getAnnotationMirrors().stream()
                .filter(mirror -> MoreElements.isAnnotationPresent(
                        mirror.getAnnotationType().asElement(), STEREOTYPE))
                .filter(mirror -> seen.add(name(mirror)))
                .map(mirror -> mirror.getAnnotationType().asElement())
                .anyMatch(stereotype ->
                        MoreElements.isAnnotationPresent(stereotype, NAMED) || isNamedByStereotype(stereotype, seen));
    }

    // Without a value the container would derive the name from the woven class's.
    private static AnnotationSpec named(TypeElement type, AnnotationMirror mirror) {
        String value = String.valueOf(
                AnnotationMirrors.getAnnotationValue(mirror, "value").getValue());
        return named(value.isEmpty() ? defaultName(type) : value);
    }

    private static AnnotationSpec named(String value) {
        return AnnotationSpec.builder(ClassName.get("jakarta.inject", "Named"))
                .addMember("value", "$S", value)
                .build();
    }

    private static String defaultName(TypeElement type) {
        String name = type.getSimpleName().toString();
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private static List<AnnotationSpec> copies(Stream<? extends AnnotationMirror> mirrors) {
        return mirrors.map(AnnotationSpec::get).toList();
    }

    private static String name(AnnotationMirror mirror) {
        return MoreElements.asType(mirror.getAnnotationType().asElement())
                .getQualifiedName()
                .toString();
    }
}
