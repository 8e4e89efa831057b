package io.dtx.runtime.participant.xa;

import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * Ends prepared branches, and believes of the answers only those that are unequivocal. Whoever ends a branch may have been
 * overtaken: PostgreSQL answers XAER_RMERR to the connection that prepared a branch which another has committed, MariaDB answers
 * XAER_NOTA for a branch that is still attached to a living connection. So whether a branch is in doubt is looked up.
 */
final class InDoubt {

    private InDoubt() {}

    /**
     * Commits a prepared branch.
     *
     * @throws XAException XAER_RMFAIL: it may still be in doubt, to be tried again; XA_HEURRB, XA_HEURMIX, XA_HEURHAZ: the
     *     resource manager has decided by itself
     */
    static void commit(XAResource resource, Xid xid) throws XAException {
        try {
            resource.commit(xid, false);
        } catch (XAException e) {
            if (e.errorCode == XAException.XA_HEURCOM) {
                resource.forget(xid);
            } else if (isHeuristic(e)) {
                throw e;
            } else {
                requireGone(resource, xid, e);
            }
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    /** Rolls a branch back; throws as {@link #commit} does. */
    static void rollback(XAResource resource, Xid xid) throws XAException {
        try {
            resource.rollback(xid);
        } catch (XAException e) {
            if (e.errorCode == XAException.XA_HEURRB) {
                resource.forget(xid);
            } else if (isHeuristic(e)) {
                throw e;
            } else {
                requireGone(resource, xid, e);
            }
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    /** Returns the branches that are prepared at the resource manager. */
    static List<Xid> list(XAResource resource) throws XAException {
        Xid[] listed = resource.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN);
        return listed == null ? List.of() : List.of(listed);
    }

    /** Returns whether the resource manager has decided by itself. */
    static boolean isHeuristic(XAException e) {
        return e.errorCode >= XAException.XA_HEURMIX && e.errorCode <= XAException.XA_HEURHAZ;
    }

    /** Returns that nobody knows yet: whoever gets it tries again. */
    static XAException failed(Throwable cause) {
        XAException failed = new XAException(String.valueOf(cause.getMessage()));
        failed.errorCode = XAException.XAER_RMFAIL;
        failed.initCause(cause);
        return failed;
    }

    private static void requireGone(XAResource resource, Xid xid, XAException answer) throws XAException {
        if (answer.errorCode == XAException.XAER_RMFAIL || answer.errorCode == XAException.XA_RETRY) {
            throw failed(answer);
        }
        try {
            for (Xid each : list(resource)) {
                if (BranchName.same(each, xid)) {
                    throw failed(answer);
                }
            }
        } catch (XAException | RuntimeException e) {
            throw failed(answer);
        }
    }
}
