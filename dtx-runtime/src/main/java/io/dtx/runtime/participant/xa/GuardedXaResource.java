package io.dtx.runtime.participant.xa;

import io.agroal.api.transaction.TransactionAware;
import java.sql.SQLException;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jboss.tm.XAResourceWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A branch as Narayana sees it. Between the decision and its owner's phase two somebody else may have ended the branch, for the
 * owner may have been paused: what the resource manager then answers, Narayana would take for a branch that was rolled back, and
 * roll back the others. And no branch of a transaction that is decided to commit is rolled back, whatever happens.
 *
 * <p>Not serializable, for Narayana would write it into the log.
 */
final class GuardedXaResource implements XAResourceWrapper {

    private final String name;
    private final XAResource resource;
    private final OpenTransaction transaction;
    private final @Nullable TransactionAware connection;
    private final @Nullable LoneBranch lone;

    /**
     * Guards a branch.
     *
     * @param connection the pooled connection behind it, if there is one
     * @param lone what guards it if it commits in one phase; null: nothing does
     */
    GuardedXaResource(
            String name,
            XAResource resource,
            OpenTransaction transaction,
            @Nullable TransactionAware connection,
            @Nullable LoneBranch lone) {
        this.name = name;
        this.lone = lone;
        this.resource = resource;
        this.transaction = transaction;
        this.connection = connection;
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        try {
            if (connection != null) {
                connection.transactionStart();
            }
            resource.start(xid, flags);
        } catch (XAException e) {
            throw broken(e);
        } catch (SQLException | RuntimeException | Error e) {
            throw broken(InDoubt.failed(e));
        }
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        if ((flags & TMFAIL) != 0) {
            beforeCompletion(false);
        }
        try {
            if ((flags & TMSUCCESS) != 0 && connection != null) {
                FailedTransaction.refuse(connection.getConnection());
                if (lone != null) {
                    lone.beforeEnd();
                }
            }
            resource.end(xid, flags);
        } catch (XAException e) {
            throw broken(e);
        } catch (RuntimeException | Error e) { // an error, too, is an answer: else the branch keeps its locks
            throw broken(InDoubt.failed(e));
        }
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        try {
            return resource.prepare(xid);
        } catch (XAException e) {
            throw broken(transaction.refused(e));
        } catch (RuntimeException | Error e) { // the others must not wait for the next scan
            throw broken(transaction.refused(InDoubt.failed(e)));
        }
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        beforeCompletion(true);
        if (onePhase) {
            transaction.commitsAlone();
        }
        try {
            if (onePhase && resource instanceof ParticipantBranch) {
                commitDecided(xid);
            } else if (onePhase) {
                commitOnePhase(xid);
            } else {
                InDoubt.commit(resource, xid);
            }
        } catch (XAException e) {
            failed(xid, e);
        }
    }

    /**
     * A participant that speaks no XA has nothing that would keep a late commit out: alone, too, it is prepared, and commits by a
     * decision in the log.
     */
    private void commitDecided(Xid xid) throws XAException {
        if (prepareAlone(xid) == XA_RDONLY) {
            transaction.committedInOnePhase();
            return;
        }
        if (!transaction.decideAlone(
                DecisionRecord.alone(name, transaction.stores().getOrDefault(name, Stores.UNKNOWN))
                        .encode())) {
            transaction.rolledBackInOnePhase();
            rollback(xid);
            throw new XAException(XAException.XA_RBROLLBACK);
        }
        InDoubt.commit(resource, xid);
        transaction.forget();
    }

    /** Nothing was decided, and nothing will be: a branch that failed halfway is rolled back, by the next scan if not by now. */
    private int prepareAlone(Xid xid) throws XAException {
        try {
            return prepare(xid);
        } catch (XAException e) {
            transaction.rolledBackInOnePhase();
            throw OnePhaseAnswer.rolledBack(e);
        }
    }

    /** The branch's end is the transaction's: only an answer that leaves no doubt is passed on as it is. */
    private void commitOnePhase(Xid xid) throws XAException {
        try {
            resource.commit(xid, true);
            transaction.committedInOnePhase();
        } catch (XAException e) {
            if (OnePhaseAnswer.isRolledBack(e)) {
                transaction.rolledBackInOnePhase();
                if (InDoubt.isHeuristic(e)) { // it is the only one: nobody has done otherwise
                    InDoubt.forget(resource, xid);
                }
                throw OnePhaseAnswer.rolledBack(transaction.refused(e));
            }
            settle(e);
        } catch (RuntimeException | Error e) {
            settle(e);
        }
    }

    /** The answer was lost: the guard row says how the branch ended, if there is one and its database answers. */
    private void settle(Throwable answer) throws XAException {
        switch (lone == null ? LoneBranch.Settled.UNKNOWN : lone.settle()) {
            case COMMITTED -> {
                broken(InDoubt.failed(answer));
                transaction.committedInOnePhase();
            }
            case ROLLED_BACK -> {
                transaction.rolledBackInOnePhase();
                XAException rolledBack = new XAException(String.valueOf(answer.getMessage()));
                rolledBack.errorCode = XAException.XA_RBROLLBACK;
                rolledBack.initCause(answer);
                throw rolledBack;
            }
            case UNKNOWN -> throw InDoubt.failed(answer);
        }
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        if (!transaction.mayRollBack()) {
            throw broken(InDoubt.failed(new IllegalStateException("decided to commit")));
        }
        beforeCompletion(false);
        try {
            InDoubt.rollback(resource, xid);
        } catch (XAException e) {
            failed(xid, e);
        }
    }

    /** What a resource manager has decided by itself ends here, once it is in the log; anything else Narayana gets to know. */
    private void failed(Xid xid, XAException answer) throws XAException {
        broken(answer);
        if (!InDoubt.isHeuristic(answer)) {
            transaction.failedToEnd();
            throw answer;
        }
        if (!transaction.mixed(name, answer)) {
            throw InDoubt.failed(answer);
        }
        InDoubt.forget(resource, xid);
    }

    @Override
    public void forget(Xid xid) throws XAException {
        resource.forget(xid);
    }

    @Override
    public Xid[] recover(int flag) throws XAException {
        return resource.recover(flag);
    }

    /** Each branch is one of its own: nothing is joined. */
    @Override
    public boolean isSameRM(XAResource other) {
        return this == other;
    }

    @Override
    public int getTransactionTimeout() throws XAException {
        return resource.getTransactionTimeout();
    }

    @Override
    public boolean setTransactionTimeout(int seconds) throws XAException {
        return resource.setTransactionTimeout(seconds);
    }

    @Override
    public XAResource getResource() {
        return resource;
    }

    @Override
    public String getProductName() {
        return "dtx";
    }

    @Override
    public String getProductVersion() {
        return "1";
    }

    @Override
    public String getJndiName() {
        return name;
    }

    @Override
    public String toString() {
        return "branch of " + transaction.id() + " at " + name;
    }

    private void beforeCompletion(boolean successful) {
        if (connection != null) {
            connection.transactionBeforeCompletion(successful);
        }
    }

    /** Nobody gets a connection of which we do not know what it has open. */
    private XAException broken(XAException e) {
        if (connection != null) {
            connection.setFlushOnly();
        }
        return e;
    }
}
