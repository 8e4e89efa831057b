package io.dtx.runtime.participant.xa;

import io.dtx.runtime.protocol.LogCommand.Heuristic;
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

    private static final System.Logger LOG = System.getLogger(InDoubt.class.getName());

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
                forget(resource, xid);
            } else if (isHeuristic(e)) {
                throw e;
            } else {
                requireGone(resource, xid, e);
            }
        } catch (RuntimeException | Error e) {
            throw failed(e);
        }
    }

    /** Rolls a branch back; throws as {@link #commit} does. */
    static void rollback(XAResource resource, Xid xid) throws XAException {
        try {
            resource.rollback(xid);
        } catch (XAException e) {
            if (e.errorCode == XAException.XA_HEURRB) {
                forget(resource, xid);
            } else if (isHeuristic(e)) {
                throw e;
            } else {
                requireGone(resource, xid, e);
            }
        } catch (RuntimeException | Error e) {
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

    /** Returns what the resource manager has decided by itself. */
    static Heuristic heuristic(XAException e) {
        return switch (e.errorCode) {
            case XAException.XA_HEURCOM -> Heuristic.COMMITTED;
            case XAException.XA_HEURRB -> Heuristic.ROLLED_BACK;
            case XAException.XA_HEURMIX -> Heuristic.MIXED;
            default -> Heuristic.HAZARD;
        };
    }

    /** Says the same to people. */
    static String explain(XAException e) {
        return switch (heuristic(e)) {
            case COMMITTED -> "committed by its resource manager's own decision (XA_HEURCOM)";
            case ROLLED_BACK -> "rolled back by its resource manager's own decision (XA_HEURRB)";
            case MIXED ->
                "in part committed and in part rolled back by its resource manager's own decision (XA_HEURMIX)";
            case HAZARD -> "ended by its resource manager's own decision, which does not say how (XA_HEURHAZ)";
        };
    }

    /** Lets the resource manager forget what it has decided by itself, once that is recorded. */
    static boolean forget(XAResource resource, Xid xid) {
        try {
            resource.forget(xid);
            return true;
        } catch (XAException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "DTX-3513 a heuristic outcome could not be forgotten", e);
            return false;
        }
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
        } catch (XAException | RuntimeException | Error e) {
            throw failed(answer);
        }
    }
}
