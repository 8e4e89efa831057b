package io.dtx.runtime.participant.xa;

import com.arjuna.ats.arjuna.common.Uid;
import io.dtx.TransactionId;
import io.dtx.runtime.participant.AtomicTransaction;
import io.dtx.runtime.participant.AtomicTransaction.Ending.Kind;
import io.dtx.runtime.participant.DecisionLog;
import io.dtx.runtime.participant.DecisionUnknownError;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that Narayana works on, with what is known of its end. Used by the thread that began it, and by the one that
 * rolls back transactions whose time is over.
 */
final class OpenTransaction implements AtomicTransaction {

    private static final System.Logger LOG = System.getLogger(OpenTransaction.class.getName());

    private enum Decision {
        NONE,
        DURABLE,
        UNKNOWN
    }

    private enum OnePhase {
        NONE,
        ASKED, // and has not said how it ended
        COMMITTED,
        ROLLED_BACK
    }

    private final TransactionId id;
    private final Uid key;
    private final String uid;
    private final TransactionManager manager;
    private final DecisionLog log;
    private final OpenTransactions all;
    private final Map<String, Object> enlisted = new ConcurrentHashMap<>();
    private final Map<Object, AutoCloseable> held = new LinkedHashMap<>(); // of the thread that began it
    private final Together branches;
    private int version;
    private volatile Decision decision = Decision.NONE;
    private volatile OnePhase onePhase = OnePhase.NONE;
    private volatile boolean rolledBack;
    private volatile boolean leftBehind;
    private volatile boolean mixed;
    private volatile @Nullable Throwable refusal;

    OpenTransaction(
            TransactionId id,
            Uid key,
            TransactionManager manager,
            DecisionLog log,
            OpenTransactions all,
            Together branches) {
        this.id = id;
        this.key = key;
        this.uid = key.stringForm();
        this.manager = manager;
        this.log = log;
        this.all = all;
        this.branches = branches;
    }

    /** Returns its branches. */
    Together branches() {
        return branches;
    }

    TransactionId id() {
        return id;
    }

    /** Returns what Narayana knows it by. */
    Uid key() {
        return key;
    }

    /** Returns the same as the log keeps it. */
    String uid() {
        return uid;
    }

    /** Returns what has the work of a resource, or null if it does not take part yet. */
    @Nullable
    Object enlisted(String name) {
        return enlisted.get(name);
    }

    /** A resource takes part. */
    void enlist(String name, Object connection) {
        enlisted.put(name, connection);
    }

    Set<String> resources() {
        return enlisted.keySet();
    }

    /** Returns the ids of the stores of its resources, by their names. */
    Map<String, String> stores() {
        return all.stores().of(enlisted.keySet());
    }

    @Nullable
    AutoCloseable held(Object key) {
        return held.get(key);
    }

    void hold(Object key, AutoCloseable work) {
        held.put(key, work);
    }

    Iterable<Object> connections() {
        return enlisted.values();
    }

    /**
     * Narayana wants to write its record. That is a decision to commit only while no branch has ended otherwise: it writes one
     * also to remember what a resource manager answered to a roll-back, or to the commit of a single branch.
     *
     * @return whether the decision is durable; false: it never will be
     */
    boolean decide(byte[] record) {
        boolean endsOtherwise = rolledBack || onePhase != OnePhase.NONE;
        return (decision != Decision.NONE || !endsOtherwise) && record(record);
    }

    /** The only branch is told to commit: it alone says how the transaction ends, whatever Narayana makes of its answer. */
    void commitsAlone() {
        onePhase = OnePhase.ASKED;
    }

    /** Decides for the only branch, which is prepared; returns as {@link #decide} does. */
    boolean decideAlone(byte[] record) {
        return record(record);
    }

    private boolean record(byte[] record) {
        boolean durable;
        try {
            durable = log.record(id, uid, ++version, record);
        } catch (RuntimeException | Error e) { // also for want of memory: what was asked may be on its way to the log
            decision = decision == Decision.DURABLE ? Decision.DURABLE : Decision.UNKNOWN;
            throw e instanceof Error error
                    ? error
                    : new DecisionUnknownError("DTX-3553 nobody has heard what the log said about " + id, e);
        }
        if (durable) {
            decision = Decision.DURABLE;
        }
        return durable;
    }

    /** Every branch has committed. */
    void forget() {
        log.forget(id);
    }

    /** Returns whether a branch may be rolled back; if so, the transaction is not decided to commit any more. */
    boolean mayRollBack() {
        if (decision != Decision.NONE || log.isCommitted(id)) {
            return false;
        }
        rolledBack = true;
        return true;
    }

    /** A branch cannot commit, and has not been prepared: Narayana does not tell why. */
    XAException refused(XAException answer) {
        if (refusal == null) {
            refusal = answer.getCause() == null ? answer : answer.getCause();
        }
        return answer;
    }

    void committedInOnePhase() {
        onePhase = OnePhase.COMMITTED;
    }

    void rolledBackInOnePhase() {
        onePhase = OnePhase.ROLLED_BACK;
    }

    /** A branch did not end when it was told to. */
    void failedToEnd() {
        leftBehind = true;
    }

    /**
     * A resource manager has ended a branch by itself.
     *
     * @return whether that is in the log; until then the resource manager must not forget it
     */
    boolean mixed(String resource, XAException answer) {
        mixed = true;
        leftBehind = true;
        LOG.log(System.Logger.Level.ERROR, mixed(id, resource, answer, decision == Decision.DURABLE));
        return log.recordHeuristic(id, resource, InDoubt.heuristic(answer), InDoubt.explain(answer));
    }

    static String mixed(Object transaction, String resource, XAException answer, boolean committed) {
        return "DTX-3523 the branch of " + transaction + " at resource \"" + resource + "\" was "
                + InDoubt.explain(answer) + ", while the transaction is " + (committed ? "committed" : "rolled back")
                + ": compare the data, repair it by hand, then resolve the transaction.";
    }

    @Override
    public boolean isRollbackOnly() {
        try {
            return manager.getStatus() != Status.STATUS_ACTIVE;
        } catch (SystemException e) {
            return true;
        }
    }

    @Override
    public Ending commit(BooleanSupplier refused) {
        return end(
                () -> {
                    all.beforeCompletion(new LastWord(id, manager, refused));
                    manager.commit();
                },
                true);
    }

    @Override
    public Ending rollback() {
        return end(manager::rollback, false);
    }

    /** The caller is told the logged decision, whatever Narayana made of what came after it. */
    private Ending end(Verb verb, boolean committing) {
        Throwable failure = null;
        all.hands().begins();
        try {
            verb.run();
        } catch (Throwable e) {
            failure = e;
        } finally {
            all.hands().ended();
        }
        all.leave();
        held.values().forEach(OpenTransaction::close);
        Kind kind = outcome(committing && failure == null);
        Ending ending = new Ending(kind, kind == Kind.ROLLED_BACK ? because(failure) : failure);
        all.ended(this, decision == Decision.UNKNOWN, leftBehind);
        return ending;
    }

    private @Nullable Throwable because(@Nullable Throwable failure) {
        Throwable reason = refusal;
        if (reason == null || failure == null) {
            return failure;
        }
        reason.addSuppressed(failure);
        return reason;
    }

    private static void close(AutoCloseable work) {
        try {
            work.close();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.DEBUG, "DTX-3560 an entity manager could not be closed", e);
        }
    }

    private Kind outcome(boolean committed) {
        if (mixed) {
            return Kind.MIXED;
        }
        if (decision == Decision.DURABLE) {
            return Kind.COMMITTED;
        }
        if (decision == Decision.UNKNOWN || onePhase == OnePhase.ASKED) {
            return Kind.UNKNOWN;
        }
        return (committed && onePhase == OnePhase.NONE) || onePhase == OnePhase.COMMITTED
                ? Kind.COMMITTED
                : Kind.ROLLED_BACK;
    }

    private interface Verb {
        void run() throws Exception;
    }
}
