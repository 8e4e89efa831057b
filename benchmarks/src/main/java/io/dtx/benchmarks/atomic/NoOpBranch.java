package io.dtx.benchmarks.atomic;

import io.dtx.benchmarks.load.Ledger;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;

/** A branch of a resource manager that does nothing but to count: its work is in effect once it is prepared and committed. */
final class NoOpBranch extends IdleResource implements Work {

    private final Ledger ledger;
    private final int step;
    private int caller;
    private int sequence;
    private boolean prepared;

    NoOpBranch(Ledger ledger, int step) {
        this.ledger = ledger;
        this.step = step;
    }

    @Override
    public void add(int caller, int sequence) {
        this.caller = caller;
        this.sequence = sequence;
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        prepared = true;
        return XA_OK;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        if (!prepared || onePhase) {
            throw new XAException(XAException.XAER_PROTO);
        }
        ledger.mark(caller, sequence, step);
    }

    @Override
    public void rollback(Xid xid) {
        ledger.compensated(caller, sequence);
    }

    @Override
    public Xid[] recover(int flag) {
        return new Xid[0];
    }
}
