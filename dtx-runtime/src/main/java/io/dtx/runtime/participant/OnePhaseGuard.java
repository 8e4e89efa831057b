package io.dtx.runtime.participant;

import io.dtx.TransactionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.LongPredicate;

/**
 * Guards what works with one database only, and so commits in one phase and leaves nothing in the log: a row, the last thing that
 * its branch writes, lets it commit while its session is open, keeps others from fencing the session until the branch has ended,
 * and says later whether it has committed. Thread-safe.
 */
public interface OnePhaseGuard {

    /** Returns the database's own id. */
    String databaseId();

    /** Makes a connection recognisable as the session's, before a branch starts on it. */
    void adopt(Connection connection, long session) throws SQLException;

    /**
     * Writes the row.
     *
     * @return whether it was written; false: the transaction has only read
     * @throws io.dtx.FencedException if the session was ended; the branch must be rolled back
     * @throws SQLException if the database refuses it for another reason; the branch must be rolled back
     */
    boolean write(Connection branch, TransactionId transaction) throws SQLException;

    /**
     * Finds out how a branch ended whose commit was not answered; if it has not, it never will commit.
     *
     * @return whether it has committed
     * @throws ResourceUnavailableException if the database does not say in time
     */
    boolean settle(TransactionId transaction);

    /**
     * Fences the sessions of this log that have ended: nothing of theirs commits in one phase afterwards.
     *
     * @throws ResourceUnavailableException if the database does not answer, or a branch that has not ended is in the way
     */
    void fenceEnded(LongPredicate isOpen);
}
