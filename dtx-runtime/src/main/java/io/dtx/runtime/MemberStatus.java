package io.dtx.runtime;

import io.dtx.TransactionStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one member of a cluster said when it was asked, for people. It speaks for itself: a member that does not lead may be
 * behind.
 *
 * @param address where it was asked
 * @param problem why it did not answer; null if it did, and then the rest is its answer
 * @param leads whether it leads, as far as it knows
 * @param term in which it leads, which every election raises; 0 if it does not lead
 * @param cluster the name of its log, 16 hexadecimal digits; empty without an answer
 * @param entry the index of the last entry that it has applied
 * @param sessions the processes that have a session, oldest first
 * @param transactions how many transactions there are of each status that occurs
 * @param takenOver how many of them were aborted because their process was dead or silent, for other processes to undo
 */
public record MemberStatus(
        String address,
        @Nullable String problem,
        boolean leads,
        long term,
        String cluster,
        long entry,
        List<OpenSession> sessions,
        Map<TransactionStatus, Long> transactions,
        long takenOver) {

    /** Takes copies. */
    public MemberStatus {
        sessions = List.copyOf(sessions);
        transactions = Map.copyOf(transactions);
    }

    /**
     * A process that has a session.
     *
     * @param id the session's number, which is in the ids of its transactions, there in base 36
     * @param application the application's name
     * @param node the process's name
     * @param opened when it was opened, by the wall clock
     */
    public record OpenSession(long id, String application, String node, Instant opened) {}
}
