package io.dtx.runtime.participant.xa;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jboss.tm.XAResourceWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A branch that may have been prepared, or committed, ahead of Narayana's asking. It is asked by the transaction's thread; ahead of
 * that, one other thread works for it at a time.
 *
 * <p>Not serializable, for Narayana would write it into the log.
 */
final class ParallelBranch implements XAResourceWrapper {

    private final GuardedXaResource branch;
    private final Together all;
    private final Pace.OfResource pace;
    private volatile @Nullable Xid name;
    private volatile @Nullable FutureTask<Integer> preparing;
    private volatile @Nullable FutureTask<Boolean> committing;
    private volatile boolean prepared; // and to be told the decision

    ParallelBranch(GuardedXaResource branch, Together all, Pace.OfResource pace) {
        this.branch = branch;
        this.all = all;
        this.pace = pace;
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        branch.start(xid, flags);
        name = xid;
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        FutureTask<Integer> ahead = preparing;
        if (ahead == null) {
            branch.end(xid, flags);
        } else {
            awaitEnd(ahead); // it has ended with its preparation, whose answer says how
        }
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        FutureTask<Integer> ahead = preparing;
        if (ahead != null) {
            return answer(ahead);
        }
        all.prepareOthers(this);
        return prepareNow(xid);
    }

    boolean preparesSlowly() {
        return pace.prepare().isSlow();
    }

    /** Ends and prepares the branch, on another thread if one is free. */
    void prepareAhead(Executor workers) {
        Xid xid = name;
        if (xid != null && preparing == null) {
            preparing = Together.execute(workers, () -> {
                branch.end(xid, TMSUCCESS);
                return prepareNow(xid);
            });
        }
    }

    private int prepareNow(Xid xid) throws XAException {
        long began = System.nanoTime();
        int vote = branch.prepare(xid);
        pace.prepare().answered(System.nanoTime() - began);
        prepared = vote == XA_OK;
        return vote;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        FutureTask<Boolean> ahead = committing;
        if (ahead != null) {
            answer(ahead);
            return;
        }
        if (onePhase) {
            branch.commit(xid, true);
        } else {
            all.commitOthers(this);
            commitNow(xid);
        }
    }

    boolean commitsSlowly() {
        return pace.commit().isSlow();
    }

    /** Commits the branch, if it is prepared, on another thread if one is free. */
    void commitAhead(Executor workers) {
        Xid xid = name;
        if (xid != null && prepared && committing == null) {
            committing = Together.execute(workers, () -> {
                commitNow(xid);
                return true;
            });
        }
    }

    private void commitNow(Xid xid) throws XAException {
        long began = System.nanoTime();
        branch.commit(xid, false);
        pace.commit().answered(System.nanoTime() - began);
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        FutureTask<Integer> ahead = preparing;
        if (ahead != null) {
            awaitEnd(ahead);
        }
        branch.rollback(xid);
    }

    /** Waits without giving up: what a resource manager is doing cannot be taken back. */
    private static void awaitEnd(FutureTask<?> ahead) {
        try {
            answer(ahead);
        } catch (XAException e) {
            assert ahead.isDone(); // whoever asks for the answer gets it
        }
    }

    private static <T> T answer(FutureTask<T> ahead) throws XAException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return ahead.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof XAException said) {
                throw said;
            }
            throw InDoubt.failed(cause == null ? e : cause);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void forget(Xid xid) throws XAException {
        branch.forget(xid);
    }

    @Override
    public Xid[] recover(int flag) throws XAException {
        return branch.recover(flag);
    }

    /** Each branch is one of its own: nothing is joined. */
    @Override
    public boolean isSameRM(XAResource other) {
        return this == other;
    }

    @Override
    public int getTransactionTimeout() throws XAException {
        return branch.getTransactionTimeout();
    }

    @Override
    public boolean setTransactionTimeout(int seconds) throws XAException {
        return branch.setTransactionTimeout(seconds);
    }

    @Override
    public XAResource getResource() {
        return branch.getResource();
    }

    @Override
    public String getProductName() {
        return branch.getProductName();
    }

    @Override
    public String getProductVersion() {
        return branch.getProductVersion();
    }

    @Override
    public String getJndiName() {
        return branch.getJndiName();
    }

    @Override
    public String toString() {
        return branch.toString();
    }
}
