package io.dtx.processor.message;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.Messager;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** Tells the compiler the problems of all classes, each once. */
public final class Reporter {

    private final Messager messager;
    private final Set<String> sources = new HashSet<>();
    private final List<Problem> told = new ArrayList<>();

    /** Tells a compiler. */
    public Reporter(Messager messager) {
        this.messager = messager;
    }

    /** Adds top-level types whose source is compiled: only places in these have a line. */
    public void addSources(Set<? extends Element> roots) {
        roots.forEach(root -> {
            if (root instanceof TypeElement type) {
                sources.add(type.getQualifiedName().toString()); // elements themselves change from round to round
            }
        });
    }

    /** Returns whether an element's source is compiled. */
    public boolean hasSource(Element element) {
        Element each = element;
        while (each != null) {
            if (each instanceof TypeElement type
                    && sources.contains(type.getQualifiedName().toString())) {
                return true;
            }
            each = each.getEnclosingElement();
        }
        return false;
    }

    /** Tells the problems of a class that were not told for another one. */
    public void report(Problems problems) {
        for (Problem problem : problems.found()) {
            if (told.stream().noneMatch(problem::repeats)) {
                told.add(problem);
                tell(problem);
            }
        }
    }

    private void tell(Problem problem) {
        Place place = hasSource(problem.place().element()) ? problem.place() : Place.of(problem.of());
        messager.printMessage(
                problem.message().kind(), problem.text(), place.element(), place.annotation(), place.value());
    }
}
