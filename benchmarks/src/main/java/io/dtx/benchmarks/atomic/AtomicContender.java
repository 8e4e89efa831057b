package io.dtx.benchmarks.atomic;

import io.dtx.benchmarks.load.Audit;
import io.dtx.benchmarks.load.Contender;
import io.dtx.benchmarks.load.Ledger;
import org.jspecify.annotations.Nullable;

/** What both transaction managers are judged by: each branch took effect once, in the ledger or in the databases. */
abstract class AtomicContender implements Contender {

    final Ledger ledger;
    final @Nullable Databases databases;

    /**
     * Begins a ledger.
     *
     * @param databases what takes part; null: what does nothing
     */
    AtomicContender(int callers, @Nullable Databases databases) {
        this.ledger = new Ledger(callers, 2);
        this.databases = databases;
    }

    @Override
    public final Ledger ledger() {
        return ledger;
    }

    @Override
    public final Audit audit() throws Exception {
        if (databases != null) {
            databases.markAll(ledger);
        }
        return ledger.audit();
    }
}
