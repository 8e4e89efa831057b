package io.dtx.processor.message;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * Where in the user's source a problem is: an annotation's value, an annotation, or a class, method or parameter.
 *
 * @param element the class, method or parameter
 * @param annotation the outermost annotation on it, if the problem is in one
 * @param value the value in the annotation, if it is written out
 */
public record Place(
        Element element,
        @Nullable AnnotationMirror annotation,
        @Nullable AnnotationValue value) {

    /** Makes the place of a class, method or parameter itself. */
    public static Place of(Element element) {
        return new Place(element, null, null);
    }
}
