package io.dtx.runtime.coordinator;

import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.coordinator.DueTimes.Due;
import io.dtx.runtime.protocol.Action;
import io.dtx.runtime.protocol.TransactionState;
import io.dtx.runtime.protocol.TransactionStateMachine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of the state with everything that is derived from them: what is due when, what is pending, and how many bytes
 * they hold. Those that are over stay as bytes only.
 */
final class TransactionTable {

    private final Map<TransactionId, Slot> slots = new HashMap<>();
    private final DueTimes<TransactionId> due = new DueTimes<>();
    private final RetainedTransactions retained = new RetainedTransactions();
    private final PendingActions pending = new PendingActions();
    private final Set<TransactionId> decided = new HashSet<>(); // ATOMIC, and not forgotten
    private final long[] bytes = new long[Account.values().length];
    private final LongFunction<String> applications;
    private Set<TransactionId> changed = new LinkedHashSet<>();

    /** Makes an empty one; {@code applications} tells the application of each session. */
    TransactionTable(LongFunction<String> applications) {
        this.applications = applications;
    }

    /** What the bytes of a transaction count as. */
    enum Account {
        OPEN(0),
        PARKED(1),
        RETAINED(2);

        private final int place;

        Account(int place) {
            this.place = place;
        }

        static Account of(TransactionState tx) {
            if (tx.isOver()) {
                return RETAINED;
            }
            return tx.status() == TransactionStatus.PARKED || tx.status().isFinal() ? PARKED : OPEN;
        }
    }

    private static final class Slot {
        @Nullable
        TransactionState state;

        @Nullable
        Due<TransactionId> due;
    }

    @Nullable
    TransactionState get(TransactionId id) {
        Slot slot = slots.get(id);
        return slot == null ? retained.get(id) : slot.state;
    }

    /** Puts what a transaction has become at this log time. One that is over does not change any more. */
    void put(TransactionState next, long time) {
        Slot slot = slots.computeIfAbsent(next.id(), id -> new Slot());
        TransactionState before = slot.state;
        slot.state = next;
        account(before, -1);
        if (!next.isOver()) {
            account(next, 1);
        }
        if (next.record() != null) {
            decided.add(next.id());
        } else if (before != null && before.record() != null) {
            decided.remove(next.id());
        }
        if (before == null || before.status() != next.status()) {
            changed.add(next.id());
        }
        pend(next, time);
        setDue(slot, next, time);
        if (next.isOver()) {
            slots.remove(next.id());
            bytes[Account.RETAINED.place] += retained.add(next);
        }
    }

    private void pend(TransactionState next, long time) {
        Action action = TransactionStateMachine.action(next, time);
        Action before = pending.get(next.id());
        if (Objects.equals(before, action)) {
            return;
        }
        changed.add(next.id());
        if (action == null) {
            pending.remove(next.id());
        } else {
            pending.put(action, Need.of(next, action.step(), applications));
        }
    }

    private void setDue(Slot slot, TransactionState next, long time) {
        long at = TransactionStateMachine.nextDue(next, time);
        Due<TransactionId> before = slot.due;
        if (before != null && before.time() == at) {
            return;
        }
        if (before != null) {
            due.remove(before);
        }
        slot.due = at == Long.MAX_VALUE ? null : new Due<>(at, next.id());
        if (slot.due != null) {
            due.add(slot.due);
        }
    }

    private void account(@Nullable TransactionState tx, int sign) {
        if (tx != null) {
            bytes[Account.of(tx).place] += sign * tx.bytes();
        }
    }

    /** Removes and returns the transaction that has been over for longest, if it ended at this time or before. */
    @Nullable
    Departed removeEndedUntil(long time) {
        Departed removed = retained.removeEndedUntil(time);
        bytes[Account.RETAINED.place] -= removed == null ? 0 : removed.bytes();
        return removed;
    }

    /** Returns a transaction that time changes now, or null. */
    @Nullable
    TransactionState dueAt(long time) {
        Due<TransactionId> first = due.first();
        return first == null || first.time() > time ? null : get(first.key());
    }

    long nextDue() {
        return due.firstTime();
    }

    /** Returns when the first of those that are over ended; {@link Long#MAX_VALUE}: there is none. */
    long firstEnd() {
        return retained.firstEnd();
    }

    long bytes(Account account) {
        return bytes[account.place];
    }

    PendingActions pending() {
        return pending;
    }

    /** Returns the transactions that are not over, in no order. */
    List<TransactionState> present() {
        List<TransactionState> present = new ArrayList<>(slots.size());
        slots.values().forEach(slot -> present.add(Objects.requireNonNull(slot.state)));
        return present;
    }

    /** Returns those that are over. */
    RetainedTransactions.View retained() {
        return retained.view();
    }

    /** Returns the ATOMIC transactions whose decision is not forgotten, in no order. */
    List<TransactionState> decisions() {
        List<TransactionState> found = new ArrayList<>(decided.size());
        decided.forEach(id -> found.add(Objects.requireNonNull(get(id))));
        return found;
    }

    /** Returns the transactions that are not final, in no order. */
    List<TransactionState> unfinished() {
        List<TransactionState> unfinished = new ArrayList<>();
        for (Slot slot : slots.values()) {
            TransactionState tx = Objects.requireNonNull(slot.state);
            if (!tx.status().isFinal()) {
                unfinished.add(tx);
            }
        }
        return unfinished;
    }

    /** Returns the transactions whose status or pending action changed since the last call. */
    Set<TransactionId> takeChanged() {
        if (changed.isEmpty()) {
            return Set.of();
        }
        Set<TransactionId> taken = changed;
        changed = new LinkedHashSet<>();
        return taken;
    }
}
