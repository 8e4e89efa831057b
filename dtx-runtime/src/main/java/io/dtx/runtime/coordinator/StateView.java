package io.dtx.runtime.coordinator;

import io.dtx.TransactionId;
import io.dtx.runtime.coordinator.RetainedTransactions.Reference;
import io.dtx.runtime.protocol.SessionState;
import io.dtx.runtime.protocol.TransactionState;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The whole state after an entry, unchanging: what a snapshot says. May be read on any thread.
 *
 * @param index the entry's index
 * @param time the entry's log time
 * @param sessions all sessions, in no order
 * @param present transactions, in no order: all that are not over, at least
 * @param retained the others, as bytes
 */
record StateView(
        long index,
        long time,
        List<SessionState> sessions,
        List<TransactionState> present,
        RetainedTransactions.View retained) {

    /** Returns the sessions by id. */
    List<SessionState> sessionsInOrder() {
        return sessions.stream()
                .sorted(Comparator.comparingLong(SessionState::id))
                .toList();
    }

    /** Returns those that are kept as objects, by id. */
    List<TransactionState> presentInOrder() {
        return present.stream()
                .sorted(Comparator.comparing(TransactionState::id))
                .toList();
    }

    /** Returns all transactions by id; reads those that are kept as bytes. */
    List<TransactionState> transactionsInOrder() {
        return transactionsBehind(null, Integer.MAX_VALUE);
    }

    /** Returns at most so many transactions behind one in the order of their ids; null: from the first one on. */
    List<TransactionState> transactionsBehind(@Nullable TransactionId last, int max) {
        Stream<Reference> objects = present.stream().map(tx -> new Reference(tx.id(), () -> tx));
        return Stream.concat(objects, retained.references())
                .filter(each -> last == null || each.id().compareTo(last) > 0)
                .sorted(Comparator.comparing(Reference::id))
                .limit(max)
                .map(each -> each.transaction().get())
                .toList();
    }
}
