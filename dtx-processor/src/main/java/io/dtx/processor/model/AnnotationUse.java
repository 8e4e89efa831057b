package io.dtx.processor.model;

import com.google.auto.common.AnnotationMirrors;
import com.google.auto.common.MoreElements;
import io.dtx.processor.message.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/**
 * One annotation on an element, with its values and their places.
 *
 * @param on the annotated element
 * @param outermost the annotation that stands on the element
 * @param mirror that annotation, or one nested in it
 */
public record AnnotationUse(Element on, AnnotationMirror outermost, AnnotationMirror mirror) {

    /** Finds an annotation by its type's name. */
    public static Optional<AnnotationUse> of(Element on, String type) {
        for (AnnotationMirror mirror : on.getAnnotationMirrors()) {
            if (MoreElements.asType(mirror.getAnnotationType().asElement())
                    .getQualifiedName()
                    .contentEquals(type)) {
                return Optional.of(new AnnotationUse(on, mirror, mirror));
            }
        }
        return Optional.empty();
    }

    /** Returns a text. */
    public String text(String member) {
        return String.valueOf(value(member).getValue());
    }

    /** Returns a flag. */
    public boolean flag(String member) {
        return Boolean.TRUE.equals(value(member).getValue());
    }

    /** Returns a number. */
    public double number(String member) {
        return value(member).getValue() instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /** Returns the name of an enum's constant. */
    public String constant(String member) {
        return value(member).getValue() instanceof VariableElement constant
                ? constant.getSimpleName().toString()
                : "";
    }

    /** Returns a class. */
    public Optional<TypeMirror> type(String member) {
        return value(member).getValue() instanceof TypeMirror type ? Optional.of(type) : Optional.empty();
    }

    /** Returns classes, in their order. */
    public List<TypeMirror> types(String member) {
        List<TypeMirror> types = new ArrayList<>();
        if (value(member).getValue() instanceof List<?> values) {
            for (Object each : values) {
                if (each instanceof AnnotationValue value && value.getValue() instanceof TypeMirror type) {
                    types.add(type);
                }
            }
        }
        return types;
    }

    /** Returns an annotation that is a value of this one, if it is written out. */
    public Optional<AnnotationUse> nested(String member) {
        return value(member).getValue() instanceof AnnotationMirror inner
                        && place(member).value() != null
                ? Optional.of(new AnnotationUse(on, outermost, inner))
                : Optional.empty();
    }

    /** Returns whether a value is written out. */
    public boolean isWritten(String member) {
        return place(member).value() != null;
    }

    /** Returns where the annotation stands. */
    public Place place() {
        return new Place(on, outermost, null);
    }

    /** Returns where a value stands; the annotation, if it is not written out. */
    public Place place(String member) {
        for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
                mirror.getElementValues().entrySet()) {
            if (entry.getKey().getSimpleName().contentEquals(member)) {
                return new Place(on, outermost, entry.getValue());
            }
        }
        return place();
    }

    private AnnotationValue value(String member) {
        return AnnotationMirrors.getAnnotationValue(mirror, member);
    }
}
