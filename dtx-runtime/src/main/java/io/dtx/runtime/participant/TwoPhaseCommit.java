package io.dtx.runtime.participant;

import io.dtx.TransactionId;
import io.dtx.spi.DtxParticipant;
import io.dtx.spi.XaSource;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/**
 * The transaction manager behind ATOMIC transactions, with the XA resources that take part in them. One per JVM. Thread-safe;
 * a transaction belongs to the thread that began it.
 */
public interface TwoPhaseCommit extends AutoCloseable {

    /** Registers a database, before {@link #connect}; returns where its connections come from. */
    Database add(String name, XADataSource source);

    /** Registers a resource manager that is no data source, before {@link #connect}. */
    void add(String name, XaSource source);

    /** Registers what speaks no XA, before {@link #connect}. */
    void add(String name, DtxParticipant<?> participant);

    /** Returns the names of what is registered. */
    Set<String> names();

    /**
     * Returns a registered resource as what business code works with, also before {@link #start}: inside an ATOMIC transaction
     * it takes part in it.
     *
     * @return null if there is none of this name, or it cannot be used as this type
     */
    <T> @Nullable T as(String name, Class<T> type);

    /**
     * Connects to every resource and opens the pools of databases: they can be used outside of transactions from now on.
     *
     * @param poolMax connections per database
     * @param h2Allowed whether H2, which loses prepared branches, is accepted: for tests
     * @throws io.dtx.DtxException if a resource does not answer, or cannot take part; the message names the remedy
     */
    void connect(int poolMax, boolean h2Allowed);

    /**
     * Lets every resource prove that what is prepared on one of its connections can be finished on another, then begins to end
     * what earlier sessions left. The sessions that have ended are expired in the log before this is called.
     *
     * @param guards what guards the commits in one phase of databases, by name; those of others are not
     * @throws io.dtx.DtxException if a resource does not answer or cannot take part; the message names the remedy
     */
    void start(Settings settings, DecisionLog log, Map<String, OnePhaseGuard> guards);

    /**
     * Others have ended this process's session, and it has a new one, which is not used yet: what is prepared from now on is named
     * after it.
     */
    void nextSession(long session);

    /**
     * Begins a transaction on this thread, which must not be in one: see {@link #suspend}.
     *
     * @param timeoutMillis after which it can only roll back; counted from now
     */
    AtomicTransaction begin(TransactionId id, long timeoutMillis);

    /** Returns how an object-relational mapper takes part; to be asked once this is started. */
    JoinedWork work();

    /** Takes this thread out of the transaction that it is in, if it is in one, until the answer is closed. */
    Suspension suspend();

    /** Ends the looking after what is in doubt, and closes pools. Open transactions have ended before. */
    @Override
    void close();

    /**
     * What it needs to know.
     *
     * @param cluster the coordinator log
     * @param session this process's session; both together name each branch's owner
     * @param recoveryIntervalMillis how often every resource is asked for branches in doubt
     * @param parallelMax while at most so many transactions end at the same time, the branches of each are prepared, and
     *     committed, at the same time
     */
    record Settings(long cluster, long session, long recoveryIntervalMillis, int parallelMax) {}

    /**
     * A registered database.
     *
     * @param joined its connections: in an ATOMIC transaction the transaction's, outside plain ones
     * @param apart plain connections, for local transactions of somebody's own
     * @param fresh plain connections that no pool knows, each a new one
     */
    record Database(DataSource joined, DataSource apart, DataSource fresh) {}

    /** A thread that is out of its transaction. */
    interface Suspension extends AutoCloseable {
        /** Takes the same thread back into it. */
        @Override
        void close();
    }
}
