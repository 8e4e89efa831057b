package io.dtx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells, suppressed on the exception that rolled the transaction back, that not all compensations have ended yet: they failed
 * at least once, or {@code dtx.compensation.wait} was over. They are tried again until they succeed or the transaction is
 * parked.
 */
public class CompensationIncompleteException extends DtxException {

    private static final long serialVersionUID = 1;

    private final List<String> steps;

    /**
     * Creates the exception.
     *
     * @param transactionId the transaction that it is about, or null if there is none
     * @param message begins with a code {@code DTX-nnnn} and a blank
     * @param steps the names of the steps that are not compensated yet, in order of start
     */
    public CompensationIncompleteException(@Nullable TransactionId transactionId, String message, List<String> steps) {
        super(transactionId, message, null);
        this.steps = List.copyOf(steps);
    }

    /** Returns the names of the steps that are not compensated yet, in order of start. */
    public List<String> steps() {
        return steps;
    }
}
