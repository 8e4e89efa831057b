package io.dtx.runtime.participant;

import io.dtx.StepContext;
import io.dtx.TransactionId;
import io.dtx.runtime.protocol.StepNumber;
import java.time.Duration;

/** The step or compensation that a thread runs. */
public final class StepScope implements StepContext {

    private final StepCall call;
    private final boolean compensation;

    /** Is in a forward step, or in its compensation. */
    public StepScope(StepCall call, boolean compensation) {
        this.call = call;
        this.compensation = compensation;
    }

    @Override
    public TransactionId transactionId() {
        return call.transaction();
    }

    @Override
    public String stepName() {
        return call.name();
    }

    @Override
    public int attempt() {
        return call.attempt();
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, call.deadlineNanos() - System.nanoTime()));
    }

    @Override
    public String stepKey() {
        return key('D');
    }

    @Override
    public String idempotencyKey() {
        return key(compensation ? 'U' : 'D');
    }

    /** Returns whether a step is being undone. */
    public boolean isCompensation() {
        return compensation;
    }

    private String key(char direction) {
        return call.transaction() + "." + Long.toString(StepNumber.call(call.step()), 36) + "." + direction;
    }
}
