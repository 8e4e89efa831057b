package io.dtx.benchmarks.atomic;

import io.dtx.benchmarks.load.Ledger;
import jakarta.transaction.TransactionManager;

/** Each branch is a new {@link NoOpBranch}. */
record NoOpBranches(TransactionManager manager, Ledger ledger) implements Branches {

    @Override
    public void add(int branch, int caller, int sequence) throws Exception {
        NoOpBranch work = new NoOpBranch(ledger, branch);
        manager.getTransaction().enlistResource(work);
        work.add(caller, sequence);
    }

    @Override
    public void close() {}
}
