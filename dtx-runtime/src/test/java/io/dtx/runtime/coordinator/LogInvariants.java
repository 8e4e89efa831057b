package io.dtx.runtime.coordinator;

import io.dtx.StepStatus;
import io.dtx.TransactionStatus;
import io.dtx.runtime.coordinator.Explorer.Violation;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.protocol.StepState;
import io.dtx.runtime.protocol.TransactionState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What must hold of every entry, and of the state after it, whatever the processes do. */
final class LogInvariants {

    private static final Map<TransactionStatus, Set<TransactionStatus>> TRANSACTION_GOES = Map.of(
            TransactionStatus.ACTIVE,
            Set.of(TransactionStatus.COMMITTED, TransactionStatus.COMPENSATING, TransactionStatus.COMPENSATED),
            TransactionStatus.COMPLETING,
            Set.of(TransactionStatus.COMMITTED),
            TransactionStatus.COMPENSATING,
            Set.of(TransactionStatus.COMPENSATED, TransactionStatus.PARKED),
            TransactionStatus.PARKED,
            Set.of(
                    TransactionStatus.COMPENSATING,
                    TransactionStatus.COMPENSATED,
                    TransactionStatus.RESOLVED,
                    TransactionStatus.HEURISTIC_MIXED));
    private static final Map<StepStatus, Set<StepStatus>> STEP_GOES = Map.of(
            StepStatus.STARTED,
            Set.of(StepStatus.FINISHED, StepStatus.FAILED, StepStatus.IN_DOUBT, StepStatus.COMPENSATING),
            StepStatus.IN_DOUBT,
            Set.of(StepStatus.FINISHED, StepStatus.FAILED, StepStatus.COMPENSATING, StepStatus.COMPENSATED),
            StepStatus.FINISHED,
            Set.of(StepStatus.COMPENSATING),
            StepStatus.COMPENSATING,
            Set.of(StepStatus.COMPENSATED, StepStatus.PARKED),
            StepStatus.PARKED,
            Set.of(StepStatus.IN_DOUBT, StepStatus.COMPENSATED));

    private LogInvariants() {}

    /** An entry was applied. */
    static void checkEntry(LogState before, LogState.Step step, List<SessionBatch> batches) {
        LogState after = step.after();
        that(
                before.tx == null || after.tx != null || before.tx.status().isFinal(),
                "S8 nothing in doubt is forgotten",
                "a transaction left the state before its end");
        if (before.last != null && after.tx != null) {
            that(before.tx != null, "no resurrection", "it came back after it had left");
            checkTransitions(before.last, after.tx, after);
            checkExternalCalls(before, before.last, after, batches);
        }
        for (SessionBatch batch : batches) {
            if (batch.session() != 0 && !before.isOpen(batch.session())) {
                boolean refused = before.isSame(after.view)
                        && step.replies().stream().noneMatch(reply -> reply.is(Reply.Kind.ACCEPTED));
                that(refused, "F1 fence", () -> "an ended session's " + batch + " -> " + step.replies());
            }
            checkPayloads(after, batch, step.replies());
        }
        if (after.tx != null) {
            checkState(after, after.tx);
        }
    }

    private static void checkTransitions(TransactionState before, TransactionState after, LogState state) {
        boolean legal = before.status() == after.status()
                || TRANSACTION_GOES.getOrDefault(before.status(), Set.of()).contains(after.status());
        that(legal, "F2 one decision", () -> before.status() + " -> " + after.status());
        for (StepState step : before.steps()) {
            StepState next = after.step(step.number());
            boolean goes = next != null
                    && (next.status() == step.status()
                            || STEP_GOES.getOrDefault(step.status(), Set.of()).contains(next.status()));
            boolean taken = next != null
                    && step.claimer() != 0
                    && next.claimer() != 0
                    && next.claimer() != step.claimer()
                    && state.isOpen(step.claimer())
                    && step.claimDeadline() > state.view.time();
            that(!taken, "claims exclude each other", "a claim was taken from a living claimer");
            that(
                    goes,
                    "steps go as the table says",
                    () -> step.status() + " -> " + (next == null ? "gone" : next.status()));
        }
        boolean grown = after.steps().size() > before.steps().size();
        that(
                !grown || before.status() == TransactionStatus.ACTIVE,
                "S1 no start after the decision",
                () -> "a step started in " + before.status());
    }

    /** An external call of a living process is compensated only after it has returned, or after its budget. */
    private static void checkExternalCalls(
            LogState before, TransactionState was, LogState after, List<SessionBatch> batches) {
        for (StepState step : was.steps()) {
            StepState next = after.tx == null ? null : after.tx.step(step.number());
            if (step.isExternal()
                    && step.status() == StepStatus.STARTED
                    && next != null
                    && next.status() == StepStatus.COMPENSATING
                    && !next.tookEffect()) {
                boolean over = after.view.time()
                        >= step.intent().startedAt() + step.intent().budgetMillis();
                boolean alive = before.isOpen(step.intent().executor());
                boolean returned = batches.stream()
                        .flatMap(batch -> batch.commands().stream())
                        .anyMatch(LogCommand.FailStep.class::isInstance);
                that(
                        over || !alive || returned,
                        "S4 external calls end first",
                        "claimed while the call may be running");
            }
        }
    }

    /** What the state refers to is where the command was in the log. */
    private static void checkPayloads(LogState after, SessionBatch batch, List<Reply> replies) {
        for (int i = 0; i < replies.size(); i++) {
            LogCommand command = batch.commands().get(i);
            if (after.tx == null || !replies.get(i).is(Reply.Kind.ACCEPTED)) {
                continue;
            }
            Payload here = new Payload(after.view.index(), i);
            if (command instanceof LogCommand.StartStep start) {
                StepState step = after.tx.step(start.step());
                boolean kept = step != null && here.equals(step.intent().arguments());
                that(kept, "no lost arguments", () -> "the state does not refer to " + here);
            } else if (command instanceof LogCommand.FinishStep finish) {
                StepState step = after.tx.step(finish.step());
                that(
                        step != null && here.equals(step.result()),
                        "no lost result",
                        () -> "the state does not refer to " + here);
            }
        }
    }

    private static void checkState(LogState state, TransactionState tx) {
        long time = state.view.time();
        if (tx.status() == TransactionStatus.ACTIVE) {
            that(state.isOpen(tx.id().session()), "F1 no orphan", "active without its owner");
            that(tx.deadline() > time, "V1 deadline", "active past its deadline");
        }
        if (tx.status() == TransactionStatus.RESOLVED
                && tx.resolution() != null
                && tx.resolution().outcome() == LogCommand.Outcome.COMMIT) {
            that(
                    tx.count(StepStatus.COMPENSATED) == 0,
                    "T5 heuristics are visible",
                    "resolved as committed with a step undone");
        }
        boolean ended = true;
        for (int i = tx.steps().size() - 1; i >= 0; i--) {
            StepState step = tx.steps().get(i);
            that(step.attempt() <= step.attemptLimit(), "S8 parked at last", () -> "attempt " + step.attempt());
            if (step.claimer() != 0) {
                that(ended, "S4 order", "claimed before a higher step has ended");
                that(state.isOpen(step.claimer()), "V1 claims end", "claimed by an ended session");
                that(step.claimDeadline() > time, "V1 claims end", "claimed past the attempt's time");
            }
            ended &= step.status() == StepStatus.FAILED || step.status() == StepStatus.COMPENSATED;
        }
    }

    static void that(boolean holds, String invariant, String detail) {
        if (!holds) {
            throw new Violation(invariant, detail);
        }
    }

    static void that(boolean holds, String invariant, Supplier<String> detail) {
        if (!holds) {
            throw new Violation(invariant, detail.get());
        }
    }
}
