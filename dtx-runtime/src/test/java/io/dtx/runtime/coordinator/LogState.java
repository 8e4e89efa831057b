package io.dtx.runtime.coordinator;

import io.dtx.StepStatus;
import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.protocol.Action;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.protocol.SessionState;
import io.dtx.runtime.protocol.StepState;
import io.dtx.runtime.protocol.TransactionState;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real coordinator state between two entries of the log, frozen. Remembers what entries make of it, so that worlds that
 * differ elsewhere share the work.
 */
final class LogState {

    /** Units that were applied, the last one first. */
    private record Applieds(SessionBatch batch, @Nullable Applieds before) {}

    /** What an entry made of a state. */
    record Step(LogState after, List<Reply> replies) {}

    /** What an entry brought. */
    private record Entry(long time, List<SessionBatch> batches) {}

    final StateView view;
    final List<Action> pending;
    final long nextDue;
    final @Nullable TransactionState tx;
    final @Nullable TransactionState last;
    private final TransactionId id;
    private final Limits limits;
    private final @Nullable Applieds history;
    private final boolean[] open;
    private final Map<Entry, WeakReference<Step>> steps = new HashMap<>();
    private final Map<SessionBatch, List<Reply>> answers = new HashMap<>();

    @SuppressWarnings("UnusedVariable") // keeps the step reachable for as long as a world is in this state
    private @Nullable Step origin;

    private long fingerprint;

    private LogState(
            CoordinatorState state,
            Limits limits,
            TransactionId id,
            @Nullable TransactionState last,
            @Nullable Applieds history) {
        this.limits = limits;
        this.id = id;
        this.last = last;
        this.history = history;
        view = state.view();
        pending = state.pendingActions();
        nextDue = state.nextDue();
        tx = state.transaction(id);
        long sessions = 0;
        for (SessionState session : view.sessions()) {
            sessions = Math.max(sessions, session.id());
        }
        open = new boolean[(int) sessions + 1];
        for (SessionState session : view.sessions()) {
            open[(int) session.id()] = session.isOpen();
        }
    }

    /** Returns a state with sessions 1 to {@code sessions}, which watches one transaction. */
    static LogState start(Limits limits, TransactionId id, int sessions) {
        CoordinatorState state = new CoordinatorState(limits);
        for (int i = 1; i <= sessions; i++) {
            LogCommand opening = new LogCommand.OpenSession(i, "n" + i, "app", List.of());
            state.apply(new LogEntry(i, 1, 0, 0, List.of(new SessionBatch(0, 0, 0, List.of(opening)))));
        }
        return new LogState(state, limits, id, null, null);
    }

    /** Returns whether a session is there and has not ended. */
    boolean isOpen(long session) {
        return session < open.length && open[(int) session];
    }

    /** Appends an entry. */
    Step append(long time, List<SessionBatch> batches, TransitionCoverage coverage) {
        Entry entry = new Entry(time, batches);
        WeakReference<Step> reference = steps.get(entry);
        Step known = reference == null ? null : reference.get();
        if (known != null) {
            return known;
        }
        CoordinatorState state = restored();
        coverage.observe(state, time, batches);
        Applied applied = state.apply(new LogEntry(view.index() + 1, 1, time, 0, batches));
        TransactionState now = state.transaction(id);
        TransactionState latest = now != null
                ? now
                : applied.departed().isEmpty()
                        ? last
                        : applied.departed().get(0).transaction().get();
        boolean numbered = !batches.isEmpty() && batches.get(0).session() != 0;
        Applieds applieds = numbered ? new Applieds(batches.get(0), history) : history;
        List<Reply> replies = batches.isEmpty() ? List.of() : applied.replies().get(0);
        Step step = new Step(new LogState(state, limits, id, latest, applieds), replies);
        LogInvariants.checkEntry(this, step, batches);
        step.after.checkCopies();
        step.after.origin = step;
        steps.put(entry, new WeakReference<>(step));
        return step;
    }

    /** Returns how a batch would be answered now; it must be one that was applied. */
    List<Reply> answerAgain(SessionBatch batch) {
        List<Reply> known = answers.get(batch);
        if (known == null) {
            known = append(view.time(), List.of(batch), new TransitionCoverage())
                    .replies();
            answers.put(batch, known);
        }
        return known;
    }

    /** No copy of an applied command, and no command after a gap, changes anything. */
    private void checkCopies() {
        for (Applieds copy = history; copy != null; copy = copy.before) {
            checkUnchanged(copy.batch, "a late copy");
        }
        if (history != null) {
            SessionBatch sent = history.batch;
            long first = sent.first() + sent.commands().size() + 1;
            checkUnchanged(new SessionBatch(sent.session(), first, 1, sent.commands()), "a command after a gap");
        }
    }

    private void checkUnchanged(SessionBatch batch, String what) {
        CoordinatorState state = restored();
        Applied applied = state.apply(new LogEntry(view.index() + 1, 1, view.time(), 0, List.of(batch)));
        LogInvariants.that(
                isSame(state.view()),
                "S2 numbers",
                () -> what + " changed the state: " + batch + " -> " + applied.replies());
    }

    boolean isSame(StateView other) {
        return view.sessions().equals(other.sessions())
                && view.transactionsInOrder().equals(other.transactionsInOrder());
    }

    private CoordinatorState restored() {
        CoordinatorState state = new CoordinatorState(limits);
        state.restore(view.index(), view.time());
        view.sessions().forEach(state::restore);
        view.transactionsInOrder().forEach(state::restore);
        return state;
    }

    /** Tells apart what will behave differently: times count from now, and who holds a claim is left to others. */
    long fingerprint() {
        if (fingerprint == 0) {
            Fingerprint print = new Fingerprint().add(view.sessions().size());
            for (boolean each : open) {
                print.add(each ? 1 : 0);
            }
            addTransaction(print, view.time());
            fingerprint = print.value();
        }
        return fingerprint;
    }

    private void addTransaction(Fingerprint print, long time) {
        TransactionState state = last;
        if (state == null) {
            return;
        }
        print.add(tx == null ? 1 : 2).add(state.status().name().hashCode()).add(state.owner());
        print.add(nextDue == Long.MAX_VALUE ? -1 : nextDue - time);
        print.add(state.status() == TransactionStatus.ACTIVE ? state.deadline() - time : 0);
        print.add(state.record() == null ? 0 : state.record().version());
        for (StepState step : state.steps()) {
            print.add(step.number()).add(step.status().name().hashCode());
            print.add((step.tookEffect() ? 1 : 0) + (step.result() != null ? 2 : 0))
                    .add(step.attempt());
            print.add(step.attemptLimit()).add(Math.max(0, step.dueAt() - time));
            print.add(step.claimer() == 0 ? 0 : 1 + step.claimDeadline() - time);
            if (step.isExternal() && step.status() == StepStatus.STARTED) {
                print.add(Math.max(0, step.intent().startedAt() + step.intent().budgetMillis() - time));
            }
        }
    }
}
