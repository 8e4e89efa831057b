package io.dtx.processor.message;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/** The problems of one class. */
public final class Problems {

    private final TypeElement of;
    private final List<Problem> found = new ArrayList<>();

    /** Begins to judge a class. */
    public Problems(TypeElement of) {
        this.of = of;
    }

    /**
     * Adds a problem.
     *
     * @param arguments what the message's text mentions
     */
    public void add(Message message, Place place, Object... arguments) {
        found.add(new Problem(message, place, message.text(arguments), of));
    }

    /** Returns whether the class cannot be woven. */
    public boolean hasErrors() {
        return found.stream().anyMatch(problem -> problem.message().kind() == Diagnostic.Kind.ERROR);
    }

    List<Problem> found() {
        return found;
    }
}
