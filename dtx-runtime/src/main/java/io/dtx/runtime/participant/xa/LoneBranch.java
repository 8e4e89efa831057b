package io.dtx.runtime.participant.xa;

import io.agroal.api.transaction.TransactionAware;
import io.dtx.FencedException;
import io.dtx.runtime.participant.OnePhaseGuard;
import java.sql.Connection;
import java.sql.SQLException;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;

/**
 * A branch that may turn out to be its transaction's only one, and then commits in one phase: at its end it writes the row that
 * guards it. Used by the transaction's thread.
 */
final class LoneBranch {

    private static final System.Logger LOG = System.getLogger(LoneBranch.class.getName());

    private final OnePhaseGuard guard;
    private final OpenTransaction transaction;
    private final TransactionAware connection;
    private boolean written;
    private boolean onlyRead;

    private LoneBranch(OnePhaseGuard guard, OpenTransaction transaction, TransactionAware connection) {
        this.guard = guard;
        this.transaction = transaction;
        this.connection = connection;
    }

    /** How a commit that was not answered has ended. */
    enum Settled {
        COMMITTED,
        ROLLED_BACK,
        UNKNOWN
    }

    static @Nullable LoneBranch of(
            @Nullable OnePhaseGuard guard, OpenTransaction transaction, TransactionAware connection) {
        return guard == null ? null : new LoneBranch(guard, transaction, connection);
    }

    /** The branch is about to start. */
    void adopt() throws SQLException {
        guard.adopt(jdbc(), transaction.id().session());
    }

    /**
     * The branch is about to end, successfully, after everything that is called before completion.
     *
     * @throws XAException XA_RBROLLBACK: it must not commit
     */
    void beforeEnd() throws XAException {
        if (transaction.resources().size() != 1) {
            return;
        }
        try {
            written = guard.write(jdbc(), transaction.id());
            onlyRead = !written;
        } catch (FencedException | SQLException e) {
            XAException refused = new XAException(String.valueOf(e.getMessage()));
            refused.errorCode = XAException.XA_RBROLLBACK;
            refused.initCause(e);
            throw refused;
        }
    }

    /** Finds out how a commit ended that was not answered: its connection is given up first. */
    Settled settle() {
        if (onlyRead) {
            return Settled.COMMITTED; // there was nothing to lose
        }
        if (!written) {
            return Settled.UNKNOWN;
        }
        connection.setFlushOnly();
        try {
            jdbc().abort(Runnable::run);
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "DTX-3526 a connection could not be thrown away", e);
        }
        try {
            boolean committed = guard.settle(transaction.id());
            LOG.log(
                    System.Logger.Level.WARNING,
                    "DTX-3546 the answer to the commit of {0} was lost; its guard row says that it was {1}",
                    transaction.id(),
                    committed ? "committed" : "rolled back");
            return committed ? Settled.COMMITTED : Settled.ROLLED_BACK;
        } catch (RuntimeException | Error e) { // nobody answers, or there is no memory to ask
            LOG.log(
                    System.Logger.Level.WARNING,
                    "DTX-3547 the answer to the commit of " + transaction.id()
                            + " was lost, and the database does not say how it ended",
                    e);
            return Settled.UNKNOWN;
        }
    }

    private Connection jdbc() throws SQLException {
        return (Connection) connection.getConnection();
    }
}
