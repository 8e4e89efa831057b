package io.dtx.runtime.coordinator;

import io.dtx.runtime.protocol.SessionState;
import io.dtx.runtime.protocol.TransactionState;
import java.util.Comparator;
import java.util.List;

/**
 * The whole state after an entry, unchanging: what a snapshot says. May be read on any thread.
 *
 * @param index the entry's index
 * @param time the entry's log time
 * @param sessions all sessions, in no order
 * @param transactions all transactions, in no order
 */
record StateView(long index, long time, List<SessionState> sessions, List<TransactionState> transactions) {

    /** Returns the sessions by id. */
    List<SessionState> sessionsInOrder() {
        return sessions.stream()
                .sorted(Comparator.comparingLong(SessionState::id))
                .toList();
    }

    /** Returns the transactions by id. */
    List<TransactionState> transactionsInOrder() {
        return transactions.stream()
                .sorted(Comparator.comparing(TransactionState::id))
                .toList();
    }
}
