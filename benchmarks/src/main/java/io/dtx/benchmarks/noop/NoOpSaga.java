package io.dtx.benchmarks.noop;

import io.dtx.DistributedTransaction;
import io.dtx.TransactionContext;

/** A saga of three steps that do nothing. */
public class NoOpSaga {

    private final NoOpSteps steps;

    /** Calls these steps. */
    public NoOpSaga(NoOpSteps steps) {
        this.steps = steps;
    }

    /** Runs the steps; returns the session that ran them, which is named after the log's index at which it was opened. */
    @DistributedTransaction
    public long run(int caller, int sequence) {
        steps.first(caller, sequence);
        steps.second(caller, sequence);
        steps.third(caller, sequence);
        return TransactionContext.current().id().session();
    }
}
