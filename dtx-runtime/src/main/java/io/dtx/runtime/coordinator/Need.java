package io.dtx.runtime.coordinator;

import io.dtx.runtime.protocol.StepState;
import io.dtx.runtime.protocol.TransactionState;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What somebody needs to have who does an action.
 *
 * @param application the application whose code did what is to be undone: another one may have a step of the same name
 * @param lane the lane that it is done in
 * @param step the step whose compensation it is; null: it is a method to be entered again
 * @param database the resource and the database behind it, as {@link Hosting} names them; null: none
 */
record Need(
        String application,
        String lane,
        @Nullable String step,
        @Nullable String database) {

    /**
     * Returns the need of an action of this transaction.
     *
     * @param applications the application of each session
     */
    static Need of(TransactionState transaction, long number, LongFunction<String> applications) {
        StepState step = transaction.step(number);
        if (step == null) {
            String application = applications.apply(transaction.id().session());
            return new Need(application, "transaction " + transaction.name(), null, null);
        }
        String resource = step.intent().resource();
        String name = step.intent().name();
        return new Need(
                applications.apply(step.intent().executor()),
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
