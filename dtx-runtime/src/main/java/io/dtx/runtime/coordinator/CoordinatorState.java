package io.dtx.runtime.coordinator;

import io.dtx.TransactionId;
import io.dtx.runtime.coordinator.TransactionTable.Account;
import io.dtx.runtime.protocol.Action;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.Origin;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.protocol.SessionState;
import io.dtx.runtime.protocol.TransactionState;
import io.dtx.runtime.protocol.TransactionStateMachine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The whole coordinator state: what applying the log's entries in order has made of it. Deterministic and total: no clock, no
 * randomness, no exception for any command. Not thread-safe: one thread applies and asks; what it returns may go anywhere.
 */
final class CoordinatorState {

    private final Limits limits;
    private final SessionTable sessions = new SessionTable();
    private final TransactionTable transactions = new TransactionTable(sessions::application);
    private final Commands commands;
    private long index;
    private long time;

    CoordinatorState(Limits limits) {
        this.limits = limits;
        commands = new Commands(limits, sessions, transactions);
    }

    /** Applies an entry: first what its time brings about, then its commands in order. */
    Applied apply(LogEntry entry) {
        index = entry.index();
        List<Departed> departed = new ArrayList<>(0);
        passTime(entry, departed);
        List<List<Reply>> replies = new ArrayList<>(entry.batches().size());
        int ordinal = 0;
        for (SessionBatch batch : entry.batches()) {
            replies.add(applyBatch(batch, entry, ordinal));
            ordinal += batch.commands().size();
        }
        while (transactions.bytes(Account.RETAINED) > limits.retainedBytesMax()) {
            departEnded(Long.MAX_VALUE, departed); // early: the oldest first
        }
        return new Applied(replies, transactions.takeChanged(), departed);
    }

    /** Returns what is due and unclaimed. */
    List<Action> pendingActions() {
        return pendingActions(Integer.MAX_VALUE);
    }

    /** Returns at most so many actions per lane that are due and unclaimed: those that became so first. */
    List<Action> pendingActions(int perLane) {
        return pendingActions(perLane, need -> true);
    }

    /** Returns at most so many actions per lane that are due, unclaimed and can be done: those that became so first. */
    List<Action> pendingActions(int perLane, Predicate<Need> can) {
        return transactions.pending().first(perLane, can);
    }

    /** Returns what due and unclaimed actions need that no open session has, with the transactions that wait for it. */
    Map<Need, List<TransactionId>> unhosted() {
        List<Hosting> hosting = openSessions().stream().map(Hosting::of).toList();
        return transactions.pending().waiting(need -> hosting.stream().noneMatch(each -> each.can(need)));
    }

    /** Returns whether anything is due and unclaimed. */
    boolean hasPendingActions() {
        return !transactions.pending().isEmpty();
    }

    /** Returns the earliest log time at which an empty entry would change something; {@link Long#MAX_VALUE}: none would. */
    long nextDue() {
        long end = Math.min(transactions.firstEnd(), sessions.firstEnd());
        if (end == Long.MAX_VALUE) {
            return transactions.nextDue();
        }
        long step = limits.retentionStepMillis();
        long leaves = Math.max(end + limits.retentionMillis() + step - 1, time + step) / step * step;
        return Math.min(transactions.nextDue(), leaves);
    }

    /** Returns the index of the last entry that was applied. */
    long index() {
        return index;
    }

    /** Returns the log time of the last entry that was applied. */
    long time() {
        return time;
    }

    /** Returns a transaction that is in the state, or null. */
    @Nullable
    TransactionState transaction(TransactionId id) {
        return transactions.get(id);
    }

    /** Returns a session that is in the state, open or ended, or null. */
    @Nullable
    SessionState session(long id) {
        return sessions.get(id);
    }

    /** Returns the open sessions, in no order. */
    Collection<SessionState> openSessions() {
        return sessions.open();
    }

    /** Returns a number that stands for the set of open sessions, on every member the same. */
    long census() {
        return sessions.census();
    }

    /** Returns the transactions in the state, by id; where there may be many, those of a {@link #view()} hold nobody up. */
    Stream<TransactionState> transactions() {
        return view().transactionsInOrder().stream();
    }

    /** Returns the ATOMIC transactions whose decision is not forgotten, in no order. */
    List<TransactionState> decisions() {
        return transactions.decisions();
    }

    /** Returns the bytes that the transactions of one kind hold. */
    long bytes(Account account) {
        return transactions.bytes(account);
    }

    /** Returns an unchanging view. Costs a pass over the references, not over what they refer to. */
    StateView view() {
        return new StateView(index, time, sessions.all(), transactions.present(), transactions.retained());
    }

    /** Sets where a snapshot was taken. To be called first, on an empty state. */
    void restore(long atIndex, long atTime) {
        index = atIndex;
        time = atTime;
    }

    /** Puts a session from a snapshot into the state. To be called for all sessions before the transactions. */
    void restore(SessionState session) {
        sessions.add(session);
    }

    /** Puts a transaction from a snapshot into the state. */
    void restore(TransactionState tx) {
        sessions.named(tx);
        transactions.put(tx, time);
        transactions.takeChanged();
    }

    private void passTime(LogEntry entry, List<Departed> departed) {
        long before = time;
        time = Math.max(before, entry.time());
        Origin origin = new Origin(0, time, entry.wallClock(), index, 0);
        for (TransactionState tx = transactions.dueAt(time); tx != null; tx = transactions.dueAt(time)) {
            transactions.put(TransactionStateMachine.timePassed(tx, origin), time);
        }
        long step = limits.retentionStepMillis();
        if (time / step > before / step) {
            long endedUntil = time / step * step - limits.retentionMillis();
            boolean more = true;
            while (more) {
                more = departEnded(endedUntil, departed);
            }
            sessions.removeEndedUntil(endedUntil);
        }
    }

    private List<Reply> applyBatch(SessionBatch batch, LogEntry entry, int firstOrdinal) {
        List<Reply> replies = new ArrayList<>(batch.commands().size());
        int place = 0;
        for (LogCommand command : batch.commands()) {
            Origin origin = new Origin(batch.session(), time, entry.wallClock(), index, firstOrdinal + place);
            replies.add(
                    batch.session() == 0
                            ? commands.unnumbered(command, origin)
                            : commands.numbered(command, batch.first() + place, batch.lowWaterMark(), origin));
            place++;
        }
        return replies;
    }

    private boolean departEnded(long endedUntil, List<Departed> departed) {
        Departed left = transactions.removeEndedUntil(endedUntil);
        if (left == null) {
            return false;
        }
        departed.add(left);
        sessions.departed(left);
        return true;
    }
}
