package io.dtx.benchmarks.atomic;

import java.util.Set;
import javax.transaction.xa.Xid;

/** A branch that is listed while it is prepared. */
final class NoOpProbe extends IdleResource {

    private final Set<Xid> prepared;

    NoOpProbe(Set<Xid> prepared) {
        this.prepared = prepared;
    }

    @Override
    public int prepare(Xid xid) {
        prepared.add(xid);
        return XA_OK;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) {
        prepared.remove(xid);
    }

    @Override
    public void rollback(Xid xid) {
        prepared.remove(xid);
    }

    @Override
    public Xid[] recover(int flag) {
        return prepared.toArray(Xid[]::new);
    }
}
