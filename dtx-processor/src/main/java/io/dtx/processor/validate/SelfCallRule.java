package io.dtx.processor.validate;

import io.dtx.processor.message.Message;
import io.dtx.processor.message.Place;
import io.dtx.processor.message.Problems;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.Method;
import io.dtx.processor.model.Step;
import io.dtx.processor.model.Transaction;
import io.dtx.spi.Weave;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;

/** What interceptors do not see: an object's calls of itself, and the annotations of superclasses. */
final class SelfCallRule implements Rule {

    private static final Set<String> OF_OBJECT = Set.of("toString", "hashCode", "equals");

    @Override
    public void judge(AnnotatedClass of, Problems problems) {
        if (of.weave() == Weave.NONE && of.isWritten()) {
            judgeCalls(of, problems);
            judgeInheritance(of, problems);
        }
    }

    private static void judgeCalls(AnnotatedClass of, Problems problems) {
        Optional<Method> called = Stream.concat(
                        of.steps().stream().map(Step::method),
                        of.transactions().stream().map(Transaction::method))
                .findFirst();
        Optional<Method> caller = (of.steps().isEmpty() ? Stream.<Method>empty() : transactions(of))
                .findFirst()
                .or(() -> others(of).findFirst());
        if (called.isPresent() && caller.isPresent()) {
            problems.add(
                    Message.SELF_CALL_UNSEEN,
                    Place.of(of.type()),
                    of.label(),
                    called.get().name(),
                    caller.get().name());
        }
    }

    private static Stream<Method> transactions(AnnotatedClass of) {
        return of.transactions().stream().map(Transaction::method);
    }

    /** Returns the methods that somebody else could call first: neither steps, compensations nor transactions. */
    private static Stream<Method> others(AnnotatedClass of) {
        List<ExecutableElement> known = Stream.of(
                        of.steps().stream().map(Step::method),
                        of.steps().stream()
                                .flatMap(step -> step.candidates().stream())
                                .map(candidate -> candidate.method()),
                        transactions(of))
                .flatMap(methods -> methods)
                .map(Method::element)
                .toList();
        return of.methods().stream()
                .filter(method -> !known.contains(method.element())
                        && !method.is(Modifier.PRIVATE)
                        && !method.is(Modifier.STATIC)
                        && !method.is(Modifier.ABSTRACT)
                        && !OF_OBJECT.contains(method.name())
                        && !method.owner().getQualifiedName().toString().startsWith("java."));
    }

    private static void judgeInheritance(AnnotatedClass of, Problems problems) {
        of.transactions().stream()
                .filter(each ->
                        !each.isAnnotatedItself() && !each.annotation().on().equals(of.type()))
                .findFirst()
                .ifPresent(each -> problems.add(
                        Message.CLASS_INHERITS_TYPE_ANNOTATION,
                        Place.of(of.type()),
                        of.label(),
                        each.method().owner().getSimpleName(),
                        of.label()));
    }
}
