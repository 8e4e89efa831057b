package io.dtx.benchmarks.atomic;

import io.dtx.benchmarks.load.Ledger;
import io.dtx.spi.XaSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** {@link NoOpBranch}es as a resource of dtx. Until dtx has started, branches are those of its probe, and can be looked up. */
record NoOpSource(Ledger ledger, int step, BooleanSupplier started, Set<Xid> probes) implements XaSource {

    NoOpSource(Ledger ledger, int step, BooleanSupplier started) {
        this(ledger, step, started, ConcurrentHashMap.newKeySet());
    }

    @Override
    public XaConnection open() {
        NoOpBranch branch = new NoOpBranch(ledger, step);
        XAResource resource = started.getAsBoolean() ? branch : new NoOpProbe(probes);
        return new XaConnection() {
            @Override
            public XAResource resource() {
                return resource;
            }

            @Override
            public Object handle() {
                return branch;
            }

            @Override
            public void close() {}
        };
    }
}
