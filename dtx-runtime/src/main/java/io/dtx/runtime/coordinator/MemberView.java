package io.dtx.runtime.coordinator;

import io.dtx.TransactionStatus;
import io.dtx.runtime.protocol.SessionState;
import java.util.List;
import java.util.Map;

/**
 * What one member sees, which may be less than what the leader has answered: for people who look at each member.
 *
 * @param cluster the name of its log
 * @param leads whether it leads, as far as it knows
 * @param term in which it leads; 0 if it does not
 * @param index of the last entry that it has applied
 * @param sessions those that are open, in no order
 * @param transactions how many there are of each status that occurs
 * @param takenOver how many of them were aborted because their session ended, for others to undo
 */
public record MemberView(
        long cluster,
        boolean leads,
        long term,
        long index,
        List<SessionState> sessions,
        Map<TransactionStatus, Long> transactions,
        long takenOver) {

    /** Takes copies, unless they are immutable. */
    public MemberView {
        sessions = List.copyOf(sessions);
        transactions = Map.copyOf(transactions);
    }
}
