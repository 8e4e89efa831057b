package io.dtx.testkit;

import io.dtx.TransactionStatus;
import io.dtx.runtime.TransactionHistory;
import io.dtx.spi.StepDescriptor;
import java.util.List;

/** A transaction of a test, after everything that was to be done about it. Immutable. */
public final class RecordedTransaction {

    private final TransactionHistory history;
    private final Script script;

    RecordedTransaction(TransactionHistory history, Script script) {
        this.history = history;
        this.script = script;
    }

    /** Returns what the log knows of it. */
    public TransactionHistory history() {
        return history;
    }

    /** Returns where it stands. */
    public TransactionStatus status() {
        return history.status();
    }

    /**
     * Fails the test unless it has committed.
     *
     * @throws AssertionError with the history
     */
    public RecordedTransaction assertCommitted() {
        return assertStatus(TransactionStatus.COMMITTED);
    }

    /**
     * Fails the test unless it was rolled back and compensated.
     *
     * @param compensations if any are named: exactly these have taken effect, in this order; by method, such as
     *     {@code release}, or by step
     * @throws AssertionError with the history
     */
    public RecordedTransaction assertCompensated(String... compensations) {
        assertStatus(TransactionStatus.COMPENSATED);
        List<String> undone = script.effects().stream()
                .filter(each ->
                        each.undone() && each.transaction().equals(history.id().toString()))
                .map(Effect::step)
                .toList();
        boolean equal = undone.size() == compensations.length;
        for (int i = 0; equal && i < compensations.length; i++) {
            equal = isNamed(compensations[i], undone.get(i));
        }
        if (!equal && compensations.length > 0) {
            throw failure("compensated " + List.of(compensations) + " was expected, but it was "
                    + undone.stream().map(this::compensation).toList());
        }
        return this;
    }

    private boolean isNamed(String expected, String step) {
        return expected.equals(step) || step.endsWith("." + expected) || expected.equals(compensation(step));
    }

    private String compensation(String step) {
        StepDescriptor<?> called = script.step(step);
        String compensation = called == null ? null : called.compensation();
        return compensation == null ? step : compensation;
    }

    private RecordedTransaction assertStatus(TransactionStatus expected) {
        if (history.status() != expected) {
            throw failure(expected + " was expected");
        }
        return this;
    }

    private AssertionError failure(String what) {
        return new AssertionError(what + System.lineSeparator() + history);
    }

    @Override
    public String toString() {
        return history.toString();
    }
}
