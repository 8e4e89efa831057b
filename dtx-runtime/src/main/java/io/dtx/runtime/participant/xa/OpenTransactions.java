package io.dtx.runtime.participant.xa;

import com.arjuna.ats.arjuna.common.Uid;
import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionImple;
import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import io.agroal.api.transaction.TransactionAware;
import io.dtx.DtxException;
import io.dtx.TransactionId;
import io.dtx.runtime.participant.DecisionLog;
import io.dtx.runtime.participant.TwoPhaseCommit.Suspension;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The transactions that Narayana works on in this process. Thread-safe. */
final class OpenTransactions {

    private static final System.Logger LOG = System.getLogger(OpenTransactions.class.getName());

    private final TransactionManager manager = com.arjuna.ats.jta.TransactionManager.transactionManager();
    private final TransactionSynchronizationRegistry synchronizations = new TransactionSynchronizationRegistryImple();
    private final Map<Uid, OpenTransaction> byUid = new ConcurrentHashMap<>();
    private final Map<String, Pace.OfResource> paces = new ConcurrentHashMap<>();
    private final DecisionLog log;
    private final Runnable wakeRecovery;
    private final Hands hands;
    private final Stores stores;

    /**
     * Begins with none.
     *
     * @param hands what prepares and commits the branches of a transaction at the same time
     * @param stores where the resources lead
     */
    OpenTransactions(DecisionLog log, Runnable wakeRecovery, Hands hands, Stores stores) {
        this.log = log;
        this.wakeRecovery = wakeRecovery;
        this.hands = hands;
        this.stores = stores;
    }

    /** Returns where the resources of this process lead. */
    Stores stores() {
        return stores;
    }

    /** Returns what works for branches beside the transactions' own threads. */
    Hands hands() {
        return hands;
    }

    TransactionManager manager() {
        return manager;
    }

    TransactionSynchronizationRegistry synchronizations() {
        return synchronizations;
    }

    /** Begins a transaction on this thread. Narayana counts in seconds: its clock runs out after ours, never before. */
    OpenTransaction begin(TransactionId id, long timeoutMillis) {
        try {
            manager.setTransactionTimeout((int) Math.min(Integer.MAX_VALUE, Math.max(1, (timeoutMillis + 999) / 1000)));
            try {
                manager.begin();
            } finally {
                manager.setTransactionTimeout(0);
            }
            TransactionImple begun = (TransactionImple) manager.getTransaction();
            OpenTransaction open =
                    new OpenTransaction(id, begun.get_uid(), manager, log, this, new Together(hands::free, this::pace));
            byUid.put(begun.get_uid(), open);
            return open;
        } catch (NotSupportedException | SystemException e) {
            throw new DtxException(id, "DTX-3524 the transaction manager could not begin " + id, e);
        }
    }

    private Pace.OfResource pace(String resource) {
        Pace.OfResource known = paces.get(resource);
        return known == null ? paces.computeIfAbsent(resource, name -> new Pace.OfResource()) : known;
    }

    /** Returns what Narayana calls by this name, or null if this process has not begun it, or has ended it. */
    @Nullable
    OpenTransaction get(Uid uid) {
        return byUid.get(uid);
    }

    /** Returns the names of those that have not ended. */
    Set<String> uids() {
        return byUid.values().stream().map(OpenTransaction::uid).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns this thread's transaction if it can still take work, else null. */
    @Nullable
    OpenTransaction current() throws SystemException {
        Transaction transaction = manager.getTransaction();
        if (transaction == null) {
            return null;
        }
        int status = transaction.getStatus();
        if (status != Status.STATUS_ACTIVE && status != Status.STATUS_MARKED_ROLLBACK) {
            return null;
        }
        return transaction instanceof TransactionImple ours ? byUid.get(ours.get_uid()) : null;
    }

    /** Has something run last before this thread's transaction completes, unless that can only roll back by now. */
    void beforeCompletion(LastWord word) {
        try {
            synchronizations.registerInterposedSynchronization(word);
        } catch (IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "DTX-3534 a transaction cannot commit any more", e);
        }
    }

    /** Takes this thread out of its transaction, if a failed end has left it in. */
    void leave() {
        try {
            if (manager.getStatus() != Status.STATUS_NO_TRANSACTION) {
                manager.suspend();
            }
        } catch (SystemException e) {
            LOG.log(System.Logger.Level.WARNING, "DTX-3525 the thread could not be taken out of its transaction", e);
        }
    }

    /**
     * Nobody works on the transaction any more. If its decision is unknown here it stays, so that nobody in this process rolls
     * back what the log may have decided to commit.
     */
    void ended(OpenTransaction transaction, boolean unknown, boolean leftBehind) {
        if (unknown) {
            transaction.connections().forEach(OpenTransactions::discard);
            return;
        }
        byUid.remove(transaction.key());
        if (leftBehind) {
            wakeRecovery.run();
        }
    }

    private static void discard(Object connection) {
        if (connection instanceof TransactionAware aware) {
            try {
                aware.setFlushOnly();
                aware.transactionEnd();
            } catch (SQLException e) {
                LOG.log(System.Logger.Level.DEBUG, "DTX-3526 a connection could not be thrown away", e);
            }
        }
    }

    Suspension suspend() {
        Transaction outer;
        try {
            outer = manager.suspend();
        } catch (SystemException e) {
            throw new DtxException(null, "DTX-3527 the thread could not be taken out of its transaction", e);
        }
        return () -> resume(outer);
    }

    private void resume(@Nullable Transaction outer) {
        if (outer == null) {
            return;
        }
        try {
            manager.resume(outer);
        } catch (InvalidTransactionException | SystemException e) {
            throw new DtxException(null, "DTX-3528 the thread could not be taken back into its transaction", e);
        }
    }
}
