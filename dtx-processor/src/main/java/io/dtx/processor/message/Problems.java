package io.dtx.processor.message;

import java.util.ArrayList;
import java.util.List;
import javax.annotation.processing.Messager;
import javax.tools.Diagnostic;

/** The problems found so far, in a compile. */
public final class Problems {

    private final List<Problem> found = new ArrayList<>();
    private int errors;

    /**
     * Adds a problem, unless the same is known of the same place.
     *
     * @param arguments what the message's text mentions
     */
    public void add(Message message, Place place, Object... arguments) {
        Problem problem = new Problem(message, place, message.text(arguments));
        if (message.kind() == Diagnostic.Kind.ERROR) {
            errors++; // a repeated one too: it keeps this class from being written
        }
        if (found.stream().noneMatch(problem::repeats)) {
            found.add(problem);
        }
    }

    /** Returns how many errors were added, repeated ones included. */
    public int errors() {
        return errors;
    }

    /** Tells the compiler the problems from a number on, and returns the number of all. */
    public int report(Messager messager, int from) {
        for (Problem problem : found.subList(from, found.size())) {
            Place place = problem.place();
            messager.printMessage(
                    problem.message().kind(), problem.text(), place.element(), place.annotation(), place.value());
        }
        return found.size();
    }
}
