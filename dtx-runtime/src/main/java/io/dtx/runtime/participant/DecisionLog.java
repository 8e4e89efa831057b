package io.dtx.runtime.participant;

import io.dtx.TransactionId;
import io.dtx.runtime.protocol.LogCommand.Heuristic;
import io.dtx.runtime.protocol.Payload;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * Where decisions to commit ATOMIC transactions are kept. That a decision is there is the decision: what is not, and belongs to
 * a session that has ended, was aborted. Thread-safe.
 */
public interface DecisionLog {

    /**
     * Records a decision, or a newer version of it, and waits until that is certain.
     *
     * @param transaction the decided one
     * @param uid the transaction manager's name for it
     * @param version 1 for the decision, higher for what replaces it
     * @param bytes the transaction manager's own record
     * @return true: it is durable; false: it is not in the log and never will be, for the session was fenced or the log is full
     * @throws DecisionUnknownError if nobody in this process will learn whether it is in the log
     */
    boolean record(TransactionId transaction, String uid, int version, byte[] bytes);

    /**
     * Records that a resource manager has ended a branch by itself, against the transaction's decision, and waits until that is
     * certain. The first record of a resource counts.
     *
     * @param reason on one line of at most 500 characters
     * @return true: it is durable; false: nobody knows, to be told again
     */
    boolean recordHeuristic(TransactionId transaction, String resource, Heuristic ending, String reason);

    /** Takes note that every branch has committed. Returns at once: it is appended with a later entry. */
    void forget(TransactionId transaction);

    /** Appends what was {@linkplain #forget forgotten} and had no entry to ride with. */
    void flush();

    /** Returns the decisions that are not forgotten, in no order; everything committed to the log before this call counts. */
    List<Decision> decisions();

    /** Returns whether the log knows that a transaction is decided to commit, forgotten or not. */
    boolean isCommitted(TransactionId transaction);

    /** Returns the bytes of a decision. */
    byte[] read(Decision decision);

    /** Returns which sessions of this log may still be open at this moment; the others have ended for good. */
    LongPredicate openSessions();

    /** Has this called soon after sessions of others have ended, by a thread that must not be held up. */
    void whenSessionsChange(Runnable wake);

    /** A decision in the log. */
    record Decision(TransactionId transaction, String uid, int version, Payload bytes) {}
}
