package io.dtx.runtime.participant.xa;

import com.arjuna.ats.arjuna.common.Uid;
import com.arjuna.ats.arjuna.exceptions.ObjectStoreException;
import com.arjuna.ats.arjuna.state.OutputObjectState;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * What Narayana's transaction becomes under simulation: a single branch commits in one phase; of several each is prepared, the
 * record is written, each is committed, and the record is removed, or written again while a branch has not ended.
 */
final class SimulatedTransaction implements Transaction {

    private static final String TYPE = "StateManager/BasicAction/TwoPhaseCoordinator/AtomicAction";

    private final Uid uid = new Uid();
    private final DecisionStore records = SimulatedNarayana.records();
    private final List<Branch> branches = new ArrayList<>();
    private final List<Synchronization> synchronizations = new ArrayList<>();
    private int status = Status.STATUS_ACTIVE;

    private record Branch(XAResource resource, Xid xid) {}

    /** As {@link com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionImple#get_uid()}. */
    Uid get_uid() {
        return uid;
    }

    @Override
    public boolean enlistResource(XAResource resource) throws SystemException {
        byte[] name = SimulatedNarayana.node().getBytes(StandardCharsets.UTF_8);
        byte[] global = Arrays.copyOf(uid.getBytes(), Uid.UID_SIZE + name.length);
        System.arraycopy(name, 0, global, Uid.UID_SIZE, name.length);
        Xid xid = new PlainXid(global, new byte[] {(byte) branches.size()});
        try {
            resource.start(xid, XAResource.TMNOFLAGS);
        } catch (XAException e) {
            setRollbackOnly();
            return false;
        }
        return branches.add(new Branch(resource, xid));
    }

    @Override
    public void commit() throws RollbackException {
        synchronizations.forEach(Synchronization::beforeCompletion);
        if (status != Status.STATUS_ACTIVE) {
            rollback();
            throw new RollbackException("it can only roll back");
        }
        try {
            end(XAResource.TMSUCCESS);
            if (branches.size() == 1) {
                branches.get(0).resource.commit(branches.get(0).xid, true);
            } else {
                commitPrepared(prepare());
            }
            status = Status.STATUS_COMMITTED;
        } catch (XAException | ObjectStoreException e) {
            if (branches.size() > 1) {
                rollbackAll();
            }
            status = Status.STATUS_ROLLEDBACK;
            RollbackException failure = new RollbackException(String.valueOf(e.getMessage()));
            failure.initCause(e);
            throw failure;
        } finally {
            completed();
        }
    }

    private void end(int flag) throws XAException {
        for (Branch each : branches) {
            each.resource.end(each.xid, flag);
        }
    }

    private List<Branch> prepare() throws XAException {
        List<Branch> prepared = new ArrayList<>();
        for (Branch each : branches) {
            if (each.resource.prepare(each.xid) == XAResource.XA_OK) {
                prepared.add(each);
            }
        }
        return prepared;
    }

    private void commitPrepared(List<Branch> prepared) throws ObjectStoreException {
        if (prepared.isEmpty()) {
            return;
        }
        if (!records.write_committed(uid, TYPE, new OutputObjectState())) {
            throw new ObjectStoreException("the decision was not written");
        }
        List<Branch> left = new ArrayList<>();
        for (Branch each : prepared) {
            if (!commits(each)) {
                left.add(each);
            }
        }
        if (left.isEmpty()) {
            boolean unused = records.remove_committed(uid, TYPE);
        } else {
            boolean unused = records.write_committed(uid, TYPE, new OutputObjectState());
        }
    }

    /** Believes what stock code believes: a branch that nobody knows has committed, and an error is a roll-back of the first. */
    private boolean commits(Branch branch) {
        try {
            branch.resource.commit(branch.xid, false);
            return true;
        } catch (XAException e) {
            if (e.errorCode == XAException.XAER_RMERR && branch == branches.get(0)) {
                rollbackAll();
            }
            return e.errorCode == XAException.XAER_NOTA;
        }
    }

    @Override
    public void rollback() {
        try {
            end(XAResource.TMFAIL);
        } catch (XAException e) {
            status = Status.STATUS_MARKED_ROLLBACK; // each is rolled back, whatever it says
        }
        rollbackAll();
        status = Status.STATUS_ROLLEDBACK;
        completed();
    }

    private void rollbackAll() {
        for (Branch each : branches) {
            try {
                each.resource.rollback(each.xid);
            } catch (XAException e) {
                status = Status.STATUS_MARKED_ROLLBACK; // the recovery ends it
            }
        }
    }

    private void completed() {
        synchronizations.forEach(each -> each.afterCompletion(status));
        synchronizations.clear();
    }

    @Override
    public void registerSynchronization(Synchronization each) {
        if (status != Status.STATUS_ACTIVE) {
            throw new IllegalStateException("it can only roll back");
        }
        synchronizations.add(each);
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public void setRollbackOnly() {
        status = Status.STATUS_MARKED_ROLLBACK;
    }

    @Override
    public boolean delistResource(XAResource resource, int flag) {
        return true;
    }
}
