package io.dtx.processor.validate;

import io.dtx.processor.message.Message;
import io.dtx.processor.message.Place;
import io.dtx.processor.message.Problems;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.SuperCall;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.util.Elements;

/**
 * A call with {@code super} is plain where the method that makes it has entered, and only there: past the override it would run a
 * step without a guard. A default method enters by itself, whoever calls it.
 */
record SuperCallRule(Elements elements) {

    /**
     * Judges one call.
     *
     * @param of the class whose {@code super} it is
     * @param owner the class or interface of the method that it reaches
     */
    void judge(AnnotatedClass of, AnnotatedClass owner, SuperCall call, Problems problems) {
        Optional<Woven> called =
                Stream.of(of, owner).flatMap(each -> woven(each, call.called())).findFirst();
        if (called.isEmpty()) {
            return;
        }
        boolean ofItsOverride = call.in() instanceof ExecutableElement overriding
                && elements.overrides(overriding, call.called(), of.type());
        String in = call.in().equals(of.type())
                ? of.label()
                : of.label() + "." + call.in().getSimpleName();
        Place place = Place.of(call.in());
        if (!owner.type().getKind().isInterface()) {
            if (!ofItsOverride) {
                String kind = called.get().isStep() ? "step" : "transaction";
                String name = called.get().method().name();
                problems.add(Message.SUPER_CALL, place, in, name, kind, owner.label(), name);
            }
        } else if (ofItsOverride && woven(of, call.in()).findFirst().isPresent()) {
            problems.add(
                    Message.SUPER_CALL_OF_DEFAULT,
                    place,
                    in,
                    called.get().method().label());
        }
    }

    private static Stream<Woven> woven(AnnotatedClass of, Element method) {
        return Woven.of(of).stream().filter(woven -> woven.method().element().equals(method));
    }
}
