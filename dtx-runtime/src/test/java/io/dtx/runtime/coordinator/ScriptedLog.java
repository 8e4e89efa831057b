package io.dtx.runtime.coordinator;

import io.dtx.Recovery;
import io.dtx.TransactionId;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogCommand.ClaimAction;
import io.dtx.runtime.protocol.LogCommand.Decide;
import io.dtx.runtime.protocol.LogCommand.FailCompensation;
import io.dtx.runtime.protocol.LogCommand.FailStep;
import io.dtx.runtime.protocol.LogCommand.FinishCompensation;
import io.dtx.runtime.protocol.LogCommand.FinishStep;
import io.dtx.runtime.protocol.LogCommand.OpenSession;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import io.dtx.runtime.protocol.LogCommand.StartStep;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.protocol.StepNumber;
import io.dtx.runtime.protocol.StepState;
import io.dtx.runtime.protocol.TransactionState;
import io.dtx.spi.RetrySchedule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A log written by hand: sends commands, numbered for their sessions, to a state and keeps what came of it. */
final class ScriptedLog {

    static final long CLUSTER = 0xC1L;
    static final long TIMEOUT = 1_000;
    static final RetrySchedule TWICE = new RetrySchedule(2, 100, 1, 100, 0);

    final CoordinatorState state;
    final TransitionCoverage coverage;
    private final Map<Long, Long> lastNumbers = new HashMap<>();
    private long index;
    private long time;
    private Applied applied = new Applied(List.of(), Set.of(), List.of());

    ScriptedLog() {
        this(Limits.DEFAULT);
    }

    ScriptedLog(Limits limits) {
        this(limits, new TransitionCoverage());
    }

    ScriptedLog(Limits limits, TransitionCoverage coverage) {
        state = new CoordinatorState(limits);
        this.coverage = coverage;
    }

    /** Returns the log that is restored from a backup of this one. */
    ScriptedLog restored() {
        ScriptedLog restored = new ScriptedLog();
        StateCodec.restore(Restored.of(StateCodec.snapshot(state.view()), "log 1"), restored.state);
        restored.index = index;
        restored.time = time;
        return restored;
    }

    /** Lets log time pass before the next entry. */
    ScriptedLog after(long millis) {
        time += millis;
        return this;
    }

    long time() {
        return time;
    }

    Applied applied() {
        return applied;
    }

    /** Appends an entry of these batches. */
    Applied append(List<SessionBatch> batches) {
        index++;
        coverage.observe(state, time, batches);
        applied = state.apply(new LogEntry(index, 1, time, 1_000_000 + time, batches));
        return applied;
    }

    /** Appends an entry without batches. */
    Applied tick() {
        return append(List.of());
    }

    long open(String node) {
        return unnumbered(new OpenSession(node.hashCode(), node, "app", List.of()))
                .value();
    }

    Reply unnumbered(LogCommand command) {
        return append(List.of(new SessionBatch(0, 0, 0, List.of(command))))
                .replies()
                .get(0)
                .get(0);
    }

    /** Sends commands with the session's next numbers, as one unit; returns their replies. */
    List<Reply> unit(long session, LogCommand... commands) {
        long first = lastNumbers.getOrDefault(session, 0L) + 1;
        List<Reply> replies = numbered(session, first, 1, commands);
        long consumed = replies.stream()
                .filter(r -> !r.is(Reply.Kind.FENCED, Reply.Kind.GAP))
                .count();
        lastNumbers.put(session, first - 1 + consumed);
        return replies;
    }

    Reply send(long session, LogCommand command) {
        return unit(session, command).get(0);
    }

    /** Sends the command again that was sent last. */
    Reply again(long session, LogCommand command) {
        return numbered(session, lastNumbers.getOrDefault(session, 1L), 1, command)
                .get(0);
    }

    List<Reply> numbered(long session, long first, long lowWaterMark, LogCommand... commands) {
        return append(List.of(new SessionBatch(session, first, lowWaterMark, List.of(commands))))
                .replies()
                .get(0);
    }

    TransactionState tx(TransactionId id) {
        return Objects.requireNonNull(state.transaction(id), id + " is not in the state");
    }

    StepState step(TransactionId id, int call) {
        return Objects.requireNonNull(tx(id).step(at(call)), "no step " + call);
    }

    static TransactionId id(long session, long number) {
        return new TransactionId(CLUSTER, session, number);
    }

    static long at(int call) {
        return StepNumber.of(call, 1);
    }

    static LogCommand.Begin begin(TransactionId id) {
        return begin(id, Recovery.BACKWARD);
    }

    static LogCommand.Begin begin(TransactionId id, Recovery recovery) {
        return new LogCommand.Begin(id, "Orders.place", recovery, TIMEOUT, null);
    }

    static StartStep start(TransactionId id, int call) {
        return step(id, at(call), "db", false, true);
    }

    static StartStep external(TransactionId id, int call) {
        return step(id, at(call), null, false, true);
    }

    static StartStep pivot(TransactionId id, int call) {
        return step(id, at(call), "db", true, true);
    }

    static StartStep reading(TransactionId id, int call) {
        return step(id, at(call), "db", false, false);
    }

    static StartStep step(
            TransactionId id, long number, @Nullable String resource, boolean pivot, boolean compensable) {
        return new StartStep(
                id,
                number,
                "step" + number,
                resource,
                resource == null ? null : "database-1",
                pivot,
                compensable,
                50,
                TWICE,
                7,
                new byte[] {1});
    }

    static FinishStep finish(TransactionId id, int call) {
        return new FinishStep(id, at(call), new byte[] {2});
    }

    static FailStep fail(TransactionId id, int call) {
        return new FailStep(id, at(call), false, "no stock");
    }

    static FailStep doubt(TransactionId id, int call) {
        return new FailStep(id, at(call), true, "connection lost");
    }

    static Decide commit(TransactionId id, int stepsSeen) {
        return new Decide(id, Outcome.COMMIT, "", stepsSeen);
    }

    static Decide abort(TransactionId id) {
        return new Decide(id, Outcome.ABORT, "exception", 0);
    }

    static ClaimAction claim(TransactionId id, int call, int attempt) {
        return new ClaimAction(id, call == 0 ? 0 : at(call), attempt, 200);
    }

    static FinishCompensation undone(TransactionId id, int call) {
        return new FinishCompensation(id, at(call));
    }

    static FailCompensation notUndone(TransactionId id, int call, int attempt) {
        return new FailCompensation(id, at(call), attempt, "locked");
    }

    /** Returns the kinds of replies. */
    static List<Reply.Kind> kinds(List<Reply> replies) {
        List<Reply.Kind> kinds = new ArrayList<>();
        replies.forEach(reply -> kinds.add(reply.kind()));
        return kinds;
    }
}
