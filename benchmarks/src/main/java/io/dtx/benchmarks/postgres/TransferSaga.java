package io.dtx.benchmarks.postgres;

import io.dtx.DistributedTransaction;
import io.dtx.TransactionContext;
import java.sql.SQLException;

/** A saga of three local transactions. */
public class TransferSaga {

    private final TransferSteps steps;

    /** Calls these steps. */
    public TransferSaga(TransferSteps steps) {
        this.steps = steps;
    }

    /** Runs the steps; returns the session that ran them, which is named after the log's index at which it was opened. */
    @DistributedTransaction
    public long run(int caller, int sequence) throws SQLException {
        steps.first(caller, sequence);
        steps.second(caller, sequence);
        steps.third(caller, sequence);
        return TransactionContext.current().id().session();
    }
}
