package io.dtx.runtime.participant.xa;

import io.agroal.api.transaction.TransactionAware;
import io.agroal.api.transaction.TransactionIntegration;
import io.dtx.TransactionContext;
import io.dtx.TransactionMode;
import io.dtx.runtime.participant.IsolatedWork;
import io.dtx.runtime.participant.OnePhaseGuard;
import io.dtx.spi.Contexts;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** Puts connections of a pool into the thread's transaction: one per resource and transaction. Thread-safe. */
final class PooledEnlistment implements TransactionIntegration {

    private static final System.Logger LOG = System.getLogger(PooledEnlistment.class.getName());

    private final String name;
    private final Supplier<@Nullable OpenTransactions> started;
    private final Supplier<@Nullable OnePhaseGuard> guard;

    PooledEnlistment(
            String name, Supplier<@Nullable OpenTransactions> started, Supplier<@Nullable OnePhaseGuard> guard) {
        this.name = name;
        this.started = started;
        this.guard = guard;
    }

    @Override
    public @Nullable TransactionAware getTransactionAware() throws SQLException {
        OpenTransaction transaction = current();
        return transaction == null ? null : (TransactionAware) transaction.enlisted(name);
    }

    @Override
    public void associate(TransactionAware connection, XAResource resource) throws SQLException {
        if (IsolatedWork.isRunning()) {
            return;
        }
        OpenTransaction transaction = current();
        if (transaction != null) {
            if (transaction.enlisted(name) == null) {
                enlist(transaction, connection, resource);
            } else {
                connection.transactionStart();
            }
        }
        connection.transactionCheckCallback(this::inTransaction);
    }

    private void enlist(OpenTransaction transaction, TransactionAware connection, XAResource resource)
            throws SQLException {
        OpenTransactions all = open();
        LoneBranch lone = LoneBranch.of(guard.get(), transaction, connection);
        if (lone != null) {
            lone.adopt();
        }
        try {
            all.synchronizations().registerInterposedSynchronization(new GivingBack(connection));
            GuardedXaResource branch = new GuardedXaResource(name, resource, transaction, connection, lone);
            if (!all.manager()
                    .getTransaction()
                    .enlistResource(transaction.branches().add(branch))) {
                throw new SQLException("DTX-3533 resource \"" + name + "\" could not be enlisted in " + transaction.id()
                        + ": the driver refused to start a branch.");
            }
            transaction.enlist(name, connection);
        } catch (RollbackException | SystemException | IllegalStateException e) {
            throw new SQLException(
                    "DTX-3534 resource \"" + name + "\" cannot take part in " + transaction.id()
                            + ", which can only roll back, or has ended.",
                    e);
        }
    }

    @Override
    public boolean disassociate(TransactionAware connection) {
        return true;
    }

    @Override
    public void addResourceRecoveryFactory(ResourceRecoveryFactory factory) {}

    @Override
    public void removeResourceRecoveryFactory(ResourceRecoveryFactory factory) {}

    /** Returns the transaction that takes the work, or null if it is in none; never lets work slip out of its transaction. */
    @Nullable
    OpenTransaction current() throws SQLException {
        OpenTransactions all = started.get();
        if (all == null || IsolatedWork.isRunning()) {
            return null;
        }
        try {
            OpenTransaction transaction = all.current();
            int status = all.manager().getStatus();
            TransactionContext context = Contexts.transaction();
            boolean meant = context != null && context.mode() == TransactionMode.ATOMIC;
            if (transaction == null && status == Status.STATUS_ACTIVE) {
                throw new SQLException("DTX-3529 the transaction of this thread was not begun by dtx, so resource \""
                        + name + "\" cannot take part in it: begin it with @DistributedTransaction(mode = ATOMIC).");
            }
            if (transaction == null
                    && (meant || status != Status.STATUS_NO_TRANSACTION)
                    && status != Status.STATUS_COMMITTED) {
                throw new SQLException("DTX-3539 resource \"" + name + "\" was used in "
                        + (context == null ? "a transaction" : context.id()) + ", which has ended: its time was over,"
                        + " or it was rolled back. Nothing of this call takes effect.");
            }
            return transaction;
        } catch (SystemException e) {
            throw new SQLException("DTX-3535 the transaction manager does not answer", e);
        }
    }

    private boolean inTransaction() throws SQLException {
        if (Together.isWorking()) {
            return true;
        }
        OpenTransactions all = started.get();
        try {
            return all != null && all.manager().getStatus() != Status.STATUS_NO_TRANSACTION;
        } catch (SystemException e) {
            throw new SQLException("DTX-3535 the transaction manager does not answer", e);
        }
    }

    private OpenTransactions open() {
        OpenTransactions all = started.get();
        if (all == null) {
            throw new IllegalStateException("DTX-1004 dtx has not been started: call dtx.start() first.");
        }
        return all;
    }

    /** Gives the connection back to its pool when the transaction has ended. */
    private record GivingBack(TransactionAware connection) implements Synchronization {

        @Override
        public void beforeCompletion() {}

        @Override
        public void afterCompletion(int status) {
            try {
                connection.transactionEnd();
            } catch (SQLException e) {
                LOG.log(System.Logger.Level.DEBUG, "DTX-3526 a connection could not be given back", e);
            }
        }
    }
}
