package io.dtx.runtime.protocol;

import static io.dtx.TransactionStatus.COMPENSATED;
import static io.dtx.TransactionStatus.COMPENSATING;
import static io.dtx.TransactionStatus.HEURISTIC_MIXED;
import static io.dtx.TransactionStatus.PARKED;
import static io.dtx.TransactionStatus.RESOLVED;
import static io.dtx.runtime.protocol.Transition.accepted;
import static io.dtx.runtime.protocol.Transition.already;
import static io.dtx.runtime.protocol.Transition.rejected;

import io.dtx.StepStatus;
import io.dtx.TransactionId;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The transitions after the decision to abort: claims, compensations in reverse order, parking and its ways out. */
final class Compensations {

    private Compensations() {}

    static Transition claim(TransactionState tx, LogCommand.ClaimAction command, Origin origin) {
        StepState step = tx.step(command.step());
        boolean reentry = command.step() == 0;
        long holder = reentry ? tx.owner() : step == null ? 0 : step.claimer();
        int made = reentry ? tx.entries() : step == null ? 0 : step.attempt();
        if (holder == origin.session() && made == command.attempt() && made > 0) {
            return already(tx);
        }
        Action pending = TransactionStateMachine.action(tx, origin.time());
        if (pending == null || pending.step() != command.step() || pending.attempt() != command.attempt()) {
            return rejected(tx, "not-pending");
        }
        if (step == null) {
            return accepted(tx.withOwner(origin.session(), command.attempt(), 0));
        }
        long until = origin.after(Math.max(1, command.timeoutMillis()));
        return accepted(tx.withStep(step.claimed(origin.session(), until), 0));
    }

    static Transition finish(TransactionState tx, LogCommand.FinishCompensation command, Origin origin) {
        StepState step = tx.step(command.step());
        if (step != null && step.status() == StepStatus.COMPENSATED) {
            return already(tx);
        }
        if (step == null || step.attempt() == 0 || (tx.status() != COMPENSATING && tx.status() != PARKED)) {
            return rejected(tx, "not-attempted");
        }
        TransactionState next = tx.withStep(step.ended(StepStatus.COMPENSATED, step.failure(), origin), 0);
        return accepted(advance(next.withStatus(COMPENSATING), origin));
    }

    static Transition fail(TransactionState tx, LogCommand.FailCompensation command, Origin origin) {
        StepState step = tx.step(command.step());
        if (step == null || command.attempt() > step.attempt() || command.attempt() < 1) {
            return rejected(tx, "not-attempted");
        }
        if (step.claimer() == 0 || command.attempt() < step.attempt()) {
            return already(tx);
        }
        if (step.claimer() != origin.session()) {
            return rejected(tx, "not-claimer");
        }
        long delay = step.intent().schedule().delayMillisAfter(step.attempt(), seed(tx.id(), step.number()));
        return accepted(attemptFailed(tx, step, origin.after(delay), command.reason()));
    }

    static Transition park(TransactionState tx, LogCommand.Park command, Origin origin) {
        StepState step = tx.step(command.step());
        if (step != null && step.status() == StepStatus.PARKED) {
            return already(tx);
        }
        if (step == null || step.claimer() != origin.session() || step.attempt() != command.attempt()) {
            return rejected(tx, "not-claimer");
        }
        return accepted(tx.withStep(step.ended(StepStatus.PARKED, command.reason(), origin), 0)
                .withStatus(PARKED));
    }

    /** Goes on with undoing. Of a restored log, also what was decided to commit is parked, and what has no step to undo. */
    static Transition retry(TransactionState tx, Origin origin) {
        if (tx.status() != PARKED) {
            return tx.status() == COMPENSATING || tx.status() == COMPENSATED ? already(tx) : rejected(tx, "not-parked");
        }
        TransactionState.Decision decision = tx.decision();
        if (decision != null && decision.outcome() == Outcome.COMMIT) {
            return rejected(tx, TransactionStateMachine.DECIDED_TO_COMMIT);
        }
        TransactionState next = tx.withStatus(COMPENSATING);
        for (StepState step : tx.steps()) {
            if (step.status() == StepStatus.PARKED) {
                int limit = step.attempt() + step.intent().schedule().maxAttempts();
                next = next.withStep(step.inDoubt(step.failure()).withAttemptLimit(limit), 0);
            }
        }
        next = advance(next, origin);
        return next.status() == COMPENSATED // without anybody who has looked for what it did after the backup
                ? rejected(tx, TransactionStateMachine.NOTHING_TO_UNDO)
                : accepted(next);
    }

    static Transition resolve(TransactionState tx, LogCommand.Resolve command, Origin origin) {
        if (tx.status() != PARKED) {
            boolean resolved = tx.status() == RESOLVED || tx.status() == HEURISTIC_MIXED;
            return resolved ? already(tx) : rejected(tx, "not-parked");
        }
        boolean mixed = false;
        for (StepState step : tx.steps()) {
            mixed |= command.outcome() == Outcome.COMMIT
                    && step.status() == StepStatus.COMPENSATED
                    && step.intent().compensable();
        }
        TransactionState.Decision resolution =
                TransactionState.Decision.of(command.outcome(), command.reason(), origin);
        return accepted(tx.withResolution(resolution).ended(mixed ? HEURISTIC_MIXED : RESOLVED, origin));
    }

    /** Ends the attempt of the current claim: another one is due, or there have been enough. */
    static TransactionState attemptFailed(TransactionState tx, StepState step, long due, String reason) {
        return step.attempt() < step.attemptLimit()
                ? tx.withStep(step.free(due, reason), 0)
                : tx.withStep(step.parked(reason), 0).withStatus(PARKED);
    }

    /** Passes the steps that there is nothing to undo for; without a step left, the transaction is compensated. */
    static TransactionState advance(TransactionState tx, Origin origin) {
        TransactionState next = tx;
        StepState step = turn(next);
        while (step != null && !step.intent().compensable()) {
            next = next.withStep(step.ended(StepStatus.COMPENSATED, step.failure(), origin), 0);
            step = turn(next);
        }
        return next.status() == COMPENSATING && step == null ? next.ended(COMPENSATED, origin) : next;
    }

    /** Returns the step whose compensation is next in a COMPENSATING transaction: the highest that has not ended. */
    static @Nullable StepState turn(TransactionState tx) {
        List<StepState> steps = tx.steps();
        for (int i = tx.status() == COMPENSATING ? steps.size() - 1 : -1; i >= 0; i--) {
            StepStatus status = steps.get(i).status();
            if (status != StepStatus.FAILED && status != StepStatus.COMPENSATED) {
                return steps.get(i);
            }
        }
        return null;
    }

    /** Returns from when on a free step can be claimed: an EXTERNAL call may be running until its budget is over. */
    static long freeAt(StepState step) {
        return step.isExternal() && step.status() == StepStatus.STARTED
                ? Origin.saturatedSum(step.intent().startedAt(), step.intent().budgetMillis())
                : step.dueAt();
    }

    /** Names a call, for the jitter of its delays. */
    static long seed(TransactionId id, long step) {
        long mixed = (id.cluster() ^ Long.rotateLeft(id.session(), 21)) * 0x9E3779B97F4A7C15L + id.number();
        return mixed * 0xD6E8FEB86659FD93L + step;
    }
}
