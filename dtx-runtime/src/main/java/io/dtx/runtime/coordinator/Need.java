package io.dtx.runtime.coordinator;

import io.dtx.runtime.protocol.StepState;
import io.dtx.runtime.protocol.TransactionState;
import org.jspecify.annotations.Nullable;

/**
 * What somebody needs to have who does an action.
 *
 * @param lane the lane that it is done in
 * @param step the step whose compensation it is; null: it is a method to be entered again
 * @param database the resource and the database behind it, as {@link Hosting} names them; null: none
 */
record Need(String lane, @Nullable String step, @Nullable String database) {

    /** Returns the need of an action of this transaction. */
    static Need of(TransactionState transaction, long number) {
        StepState step = transaction.step(number);
        if (step == null) {
            return new Need("transaction " + transaction.name(), null, null);
        }
        String resource = step.intent().resource();
        String name = step.intent().name();
        return new Need(
                lane(resource, name),
                name,
                resource == null
                        ? null
                        : Hosting.database(
                                resource, String.valueOf(step.intent().databaseId())));
    }

    /** Returns the lane of a step: the resource or EXTERNAL step that it needs. */
    static String lane(@Nullable String resource, String step) {
        return resource != null ? "resource " + resource : "step " + step;
    }
}
