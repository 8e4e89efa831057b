package io.dtx.processor;

import com.google.auto.common.SuperficialValidation;
import io.dtx.processor.message.Message;
import io.dtx.processor.message.Place;
import io.dtx.processor.message.Problems;
import io.dtx.processor.read.ClassReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** The classes that wait for other processors: those that mention types not written yet, and Lombok's in the first round. */
final class Waiting {

    private final Elements elements;
    private final ClassReader reader;
    private final Set<String> names = new LinkedHashSet<>();
    private boolean lombokMayHaveRun;

    Waiting(Elements elements, ClassReader reader) {
        this.elements = elements;
        this.reader = reader;
    }

    /** Returns the classes of a round, and those of earlier ones, that need not wait any more. */
    List<TypeElement> ready(Set<TypeElement> found) {
        Set<TypeElement> candidates = new LinkedHashSet<>();
        for (String name : names) {
            TypeElement again = elements.getTypeElement(name); // the element of an earlier round is stale
            if (again != null) {
                candidates.add(again);
            }
        }
        candidates.addAll(found);
        names.clear();
        List<TypeElement> ready = new ArrayList<>();
        for (TypeElement candidate : candidates) {
            if (mustWait(candidate)) {
                names.add(candidate.getQualifiedName().toString());
            } else {
                ready.add(candidate);
            }
        }
        lombokMayHaveRun = true;
        return ready;
    }

    /** Says what still waits in the last round. What is not resolved, the compiler says itself. */
    void giveUp(Problems problems) {
        for (String name : names) {
            TypeElement type = elements.getTypeElement(name);
            if (type != null && isComplete(type)) {
                problems.add(Message.CLASS_WAITS, Place.of(type), type.getSimpleName());
            }
        }
    }

    private boolean mustWait(TypeElement type) {
        return !isComplete(type) || (!lombokMayHaveRun && isLomboks(type));
    }

    private boolean isComplete(TypeElement type) {
        return reader.lineage(type).stream().allMatch(SuperficialValidation::validateElement);
    }

    private boolean isLomboks(TypeElement type) {
        return reader.lineage(type).stream().anyMatch(Waiting::bearsLombok);
    }

    private static boolean bearsLombok(Element element) {
        return element.getAnnotationMirrors().stream()
                        .anyMatch(
                                mirror -> mirror.getAnnotationType().toString().startsWith("lombok."))
                || element.getEnclosedElements().stream().anyMatch(Waiting::bearsLombok);
    }
}
