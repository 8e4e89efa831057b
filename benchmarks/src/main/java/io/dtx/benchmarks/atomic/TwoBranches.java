package io.dtx.benchmarks.atomic;

import io.dtx.DistributedTransaction;
import io.dtx.TransactionContext;
import io.dtx.TransactionMode;

/** A transaction with an effect at each of two resource managers. */
public class TwoBranches {

    private final Work first;
    private final Work second;

    /** Does this work. */
    public TwoBranches(Work first, Work second) {
        this.first = first;
        this.second = second;
    }

    /** Adds both effects or none; returns the session that ran it. */
    @DistributedTransaction(mode = TransactionMode.ATOMIC)
    public long run(int caller, int sequence) throws Exception {
        first.add(caller, sequence);
        second.add(caller, sequence);
        return TransactionContext.current().id().session();
    }
}
