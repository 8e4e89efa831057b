package io.dtx.runtime.simulation;

import io.dtx.runtime.simulation.kernel.Domain;
import java.util.ArrayList;
import java.util.List;

/** A transaction of a {@link SimulatedDatabase}: what it has written and not committed. */
final class LocalWork {

    final Domain client;
    final List<Table.Row> written = new ArrayList<>();
    final List<Runnable> effects = new ArrayList<>();
    private long snapshot = Long.MAX_VALUE;
    boolean ended;
    boolean abandoned;

    LocalWork(Domain client) {
        this.client = client;
    }

    /** Reads from now on what was committed then, and fails to write what was changed since. */
    void readFrom(long commit) {
        if (snapshot == Long.MAX_VALUE) {
            snapshot = commit;
        }
    }

    long snapshot() {
        return snapshot;
    }

    boolean readsFromSnapshot() {
        return snapshot != Long.MAX_VALUE;
    }
}
