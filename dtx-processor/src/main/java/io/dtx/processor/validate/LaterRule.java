package io.dtx.processor.validate;

import io.dtx.processor.message.Message;
import io.dtx.processor.message.Problems;
import io.dtx.processor.model.AnnotatedClass;
import io.dtx.processor.model.AnnotationUse;
import io.dtx.processor.model.Step;
import io.dtx.processor.model.Transaction;

/** What the annotations can say already but this version cannot do yet, or never will. */
final class LaterRule implements Rule {

    @Override
    public void judge(AnnotatedClass of, Problems problems) {
        for (Step step : of.steps()) {
            if (step.annotation().flag("pivot")) {
                problems.add(Message.PIVOT_LATER, step.annotation().place("pivot"));
            }
        }
        for (Transaction transaction : of.transactions()) {
            AnnotationUse annotation = transaction.annotation();
            if (annotation.constant("recovery").equals("FORWARD")) {
                problems.add(
                        transaction.isAtomic() ? Message.FORWARD_OF_ATOMIC : Message.FORWARD_LATER,
                        annotation.place("recovery"));
            }
        }
    }
}
