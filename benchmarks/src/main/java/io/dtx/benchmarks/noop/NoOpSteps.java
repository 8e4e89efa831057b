package io.dtx.benchmarks.noop;

import io.dtx.SagaStep;
import io.dtx.StepResult;
import io.dtx.benchmarks.load.Ledger;
import java.util.Optional;

/** EXTERNAL steps that only mark that they ran. */
public class NoOpSteps {

    private final Ledger ledger;

    /** Marks in this ledger. */
    public NoOpSteps(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The first step. */
    @SagaStep(compensate = "undo")
    public long first(int caller, int sequence) {
        return done(caller, sequence, 0);
    }

    /** The second step. */
    @SagaStep(compensate = "undo")
    public long second(int caller, int sequence) {
        return done(caller, sequence, 1);
    }

    /** The third step. */
    @SagaStep(compensate = "undo")
    public long third(int caller, int sequence) {
        return done(caller, sequence, 2);
    }

    private long done(int caller, int sequence, int step) {
        ledger.mark(caller, sequence, step);
        return sequence;
    }

    void undo(int caller, int sequence, @StepResult Optional<Long> result) {
        ledger.compensated(caller, sequence);
    }
}
