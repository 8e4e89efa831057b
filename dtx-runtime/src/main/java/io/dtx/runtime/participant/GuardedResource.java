package io.dtx.runtime.participant;

import io.dtx.TransactionId;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A registered resource whose steps, and their compensations, each run in one local transaction that ends with a guard row:
 * at most one committed effect per step and direction, no matter how often it is tried or by whom.
 *
 * <p>Thread-safe. Methods wait for the database, bounded by the time that they are given. What they throw unasked is a
 * {@link ResourceUnavailableException}: nothing happened, try again later.
 */
public interface GuardedResource extends AutoCloseable {

    /** Returns the name under which it is registered. */
    String name();

    /**
     * Connects, makes or validates the guard tables, and reads the database's identity.
     *
     * @throws ResourceUnavailableException if it does not answer
     * @throws io.dtx.DtxException if tables, privileges or settings are wrong, or an active session of the same application
     *     and node belongs to another cluster; the message names the remedy
     */
    void start(ResourceOwner owner);

    /** Returns the identity of the database behind it, known after {@link #start}. */
    String databaseId();

    /**
     * Commits the session's row. Called once per session, before the first intent that names this resource is appended and
     * before the first step of this resource is claimed.
     *
     * @throws io.dtx.FencedException if there is a row already: the session was ended
     */
    void openSession(long session);

    /**
     * Marks a session of this cluster as ended: none of its guard rows can be committed afterwards. Then ends what transactions
     * its connections have open, where the database lets us. Idempotent. Settling need not wait for it, sweeping does.
     */
    void fence(long session);

    /**
     * Marks all sessions of another log as ended that the database knows, as {@link #fence} does: of the log that a transaction
     * was restored from, before anything of it is undone. Whatever step its processes were at, they cannot commit it afterwards.
     */
    void fenceLog(long cluster);

    /** Returns the numbers of the steps of a transaction that are in effect here by their guard rows: done, and not undone. */
    Set<Long> inEffect(TransactionId transaction);

    /** Raises a live session's low-water mark: forward rows of transactions with a lower number can no longer be committed. */
    void raiseLow(long session, long low);

    /**
     * Runs a step in a local transaction, waits for its intent, adds the guard row and commits.
     *
     * @param call which step; {@link StepCall#session()} executes it
     * @param body the business method; returns the recorded result, or null for none
     * @param intent waits until the step's intent is in the log; what it throws rolls back
     */
    ForwardResult forward(StepCall call, GuardedBody body, Intent intent);

    /**
     * Finds out whether a forward step took effect, and if not makes sure that it never will. Tries until the call's deadline.
     *
     * @param call which step; {@link StepCall#session()} settles it
     * @param ownerSession the session that executed it
     * @throws io.dtx.FencedException if the settling session was ended, or the state does not know the transaction any more
     * @throws ResourceUnavailableException if the database does not answer, or a blocker, which is named, does not go away
     */
    Settlement settle(StepCall call, long ownerSession);

    /**
     * Settles the step and, if it took effect, runs its compensation in a local transaction with the guard row of the other
     * direction. A transaction that was restored, and that the log it began in was through with, is parked: whether it took
     * effect is not known any more.
     *
     * @param call which step; {@link StepCall#session()} compensates it
     * @param ownerSession the session that executed it
     * @param compensation the business method; receives the step's recorded result from its guard row
     */
    ActionResult compensate(StepCall call, long ownerSession, Compensation compensation);

    /**
     * Closes a step for good in both directions, before an operator's resolution is logged. Idempotent. Throws as
     * {@link #settle} does.
     */
    void close(StepCall call, long ownerSession);

    /**
     * Runs a standalone call in a plain local transaction: commit when it returns, roll back when it throws.
     *
     * @throws io.dtx.OutcomeUnknownException if the commit was not answered
     * @throws Throwable what the body threw
     */
    void plain(Duration timeout, PlainBody body) throws Throwable;

    /**
     * Fences the sessions that are not open, raises the marks of all, then deletes guard rows older than the retention whose
     * transaction is unknown to the state and below its session's mark, in small batches.
     *
     * @param open the sessions that are open in the state, with their low-water marks
     * @return how many rows were deleted
     */
    long sweep(Duration retention, Collection<OpenSession> open, KnownTransactions known);

    /** Returns the data source for business code: the step's connection inside a step, pass-through outside. */
    DataSource dataSource();

    @Override
    void close();

    /** Waits until a step's intent is durable. */
    interface Intent {
        /** Returns once it is; throws if the step must not take effect. */
        void await() throws Exception;
    }

    /** A forward business method. */
    interface GuardedBody {
        /** Calls it and returns what is to be recorded of its result, or null. */
        byte @Nullable [] run() throws Throwable;
    }

    /** A compensating business method. */
    interface Compensation {
        /** Calls it with the recorded result of the step, null if none was recorded. */
        void run(byte @Nullable [] result) throws Throwable;
    }

    /** A standalone business method. */
    interface PlainBody {
        /** Calls it. */
        void run() throws Throwable;
    }

    /** Which transactions the state still knows, at least as a finished one. */
    interface KnownTransactions {
        /** Returns whether it does. */
        boolean contains(TransactionId transaction);

        /** Returns whether a session that was not open when the caller looked may have been opened since. */
        boolean couldBeOpen(long session);

        /** Returns the lowest number that it knows of a session that is not open, {@link Long#MAX_VALUE} if none. */
        long lowest(long session);
    }

    /** An open session and its low-water mark. */
    record OpenSession(long session, long low) {}
}
