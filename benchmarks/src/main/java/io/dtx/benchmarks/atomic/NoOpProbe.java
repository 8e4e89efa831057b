package io.dtx.benchmarks.atomic;

import java.util.Set;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A branch that is listed while it is prepared. */
record NoOpProbe(Set<Xid> prepared) implements XAResource {

    @Override
    public void start(Xid xid, int flags) {}

    @Override
    public void end(Xid xid, int flags) {}

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
    public void forget(Xid xid) {}

    @Override
    public Xid[] recover(int flag) {
        return prepared.toArray(Xid[]::new);
    }

    @Override
    public boolean isSameRM(XAResource other) {
        return this == other;
    }

    @Override
    public int getTransactionTimeout() {
        return 0;
    }

    @Override
    public boolean setTransactionTimeout(int seconds) {
        return false;
    }
}
