package io.dtx.benchmarks.atomic;

import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** What resource managers that do nothing have in common: each branch is one of its own, and nothing takes time. */
abstract class IdleResource implements XAResource {

    @Override
    public final void start(Xid xid, int flags) {}

    @Override
    public final void end(Xid xid, int flags) {}

    @Override
    public final void forget(Xid xid) {}

    @Override
    public final boolean isSameRM(XAResource other) {
        return this == other;
    }

    @Override
    public final int getTransactionTimeout() {
        return 0;
    }

    @Override
    public final boolean setTransactionTimeout(int seconds) {
        return false;
    }
}
