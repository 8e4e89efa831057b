package io.dtx.processor.validate;

import io.dtx.processor.message.Message;
import io.dtx.processor.message.Place;
import io.dtx.processor.message.Problems;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.spi.Weave;

/** Interceptors do not see what an object calls of itself: a transaction would run its own steps as plain methods. */
final class SelfCallRule implements Rule {

    @Override
    public void judge(AnnotatedClass of, Problems problems) {
        if (of.weave() == Weave.NONE
                && !of.steps().isEmpty()
                && !of.transactions().isEmpty()) {
            problems.add(Message.SELF_CALL_UNSEEN, Place.of(of.type()), of.label());
        }
    }
}
