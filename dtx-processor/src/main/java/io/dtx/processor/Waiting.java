package io.dtx.processor;

import com.google.auto.common.SuperficialValidation;
import io.dtx.processor.message.Message;
import io.dtx.processor.message.Place;
import io.dtx.processor.message.Problems;
import io.dtx.processor.message.Reporter;
import io.dtx.processor.read.ClassReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** The classes that wait for other processors: those that mention types not written yet, and Lombok's in the first round. */
final class Waiting {

    private final Elements elements;
    private final ClassReader reader;
    private final Reporter reporter;
    private final Set<String> names = new LinkedHashSet<>();
    private boolean lombokMayHaveRun;

    Waiting(Elements elements, ClassReader reader, Reporter reporter) {
        this.elements = elements;
        this.reader = reader;
        this.reporter = reporter;
    }

    /**
     * Returns the annotated classes, and those that implement annotated interfaces, among a round's types, and those of earlier
     * rounds, that need not wait any more.
     */
    List<TypeElement> ready(Set<TypeElement> types) {
        // The elements of earlier rounds are stale.
        Stream<TypeElement> again = names.stream().flatMap(name -> Stream.ofNullable(elements.getTypeElement(name)));
        Set<TypeElement> candidates = new LinkedHashSet<>();
        Stream.concat(again, types.stream())
                .filter(type -> reader.isAnnotated(type)
                        || reader.implementsAnnotated(type)
                        || reader.hasUnknownSuperclass(type))
                .forEach(candidates::add);
        names.clear();
        List<TypeElement> ready = new ArrayList<>();
        for (TypeElement candidate : candidates) {
            if (!isComplete(candidate) || (!lombokMayHaveRun && isLomboks(candidate))) {
                names.add(candidate.getQualifiedName().toString());
            } else {
                ready.add(candidate);
            }
        }
        lombokMayHaveRun = true;
        return ready;
    }

    /** Says what still waits in the last round. What is not resolved, the compiler says itself. */
    void giveUp() {
        for (String name : names) {
            TypeElement type = elements.getTypeElement(name);
            if (type != null && isComplete(type)) {
                Problems problems = new Problems(type);
                problems.add(Message.CLASS_WAITS, Place.of(type), type.getSimpleName());
                reporter.report(problems);
            }
        }
    }

    // Class files are complete, even if an annotation in them is not on the class path.
    private boolean isComplete(TypeElement type) {
        return !reader.hasUnknownSuperclass(type)
                && reader.lineage(type).stream()
                        .filter(reporter::hasSource)
                        .allMatch(SuperficialValidation::validateElement);
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
