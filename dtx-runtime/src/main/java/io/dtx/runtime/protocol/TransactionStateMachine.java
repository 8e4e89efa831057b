package io.dtx.runtime.protocol;

import static io.dtx.TransactionStatus.ACTIVE;
import static io.dtx.TransactionStatus.COMMITTED;
import static io.dtx.TransactionStatus.COMPENSATED;
import static io.dtx.TransactionStatus.COMPENSATING;
import static io.dtx.TransactionStatus.COMPLETING;
import static io.dtx.TransactionStatus.HEURISTIC_MIXED;
import static io.dtx.TransactionStatus.PARKED;
import static io.dtx.TransactionStatus.RESOLVED;

import io.dtx.Recovery;
import io.dtx.StepStatus;
import io.dtx.TransactionId;
import io.dtx.TransactionMode;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import io.dtx.runtime.protocol.TransactionState.DecisionRecord;
import io.dtx.spi.RetrySchedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The transitions of one transaction: pure and total. What concerns sessions (numbers, fencing, forgetting) and the room for
 * new transactions is decided before a command gets here.
 *
 * <p>A command whose effect is there already is answered ALREADY, whoever sent it; one that is against the rules is REJECTED
 * with a code. Both leave the transaction as it is.
 */
public final class TransactionStateMachine {

    static final int REASON_MAX = 500;
    private static final long TRANSACTION_BYTES = 512;
    private static final long STEP_BYTES = 256;

    private TransactionStateMachine() {}

    /** Begins a transaction; the caller has made sure that there never was one with this id. */
    public static Transition begin(LogCommand.Begin command, Origin origin) {
        long deadline = saturatedSum(origin.time(), Math.max(0, command.timeoutMillis()));
        Payload arguments = command.arguments() == null ? null : origin.payload();
        TransactionState begun = new TransactionState(
                command.transaction(),
                command.name(),
                TransactionMode.SAGA,
                command.recovery(),
                ACTIVE,
                origin.session(),
                0,
                0,
                deadline,
                origin.time(),
                origin.wallClock(),
                null,
                null,
                0,
                0,
                arguments,
                null,
                TRANSACTION_BYTES + length(command.arguments()),
                List.of());
        return accepted(begun);
    }

    /** Puts an ATOMIC transaction into the state: it is there from its decision to commit on. */
    public static Transition begin(LogCommand.RecordDecision command, Origin origin) {
        TransactionState decided = new TransactionState(
                command.transaction(),
                command.uid(),
                TransactionMode.ATOMIC,
                Recovery.FORWARD,
                COMPLETING,
                origin.session(),
                0,
                0,
                Long.MAX_VALUE,
                origin.time(),
                origin.wallClock(),
                new TransactionState.Decision(Outcome.COMMIT, "", origin.time(), origin.wallClock()),
                null,
                0,
                0,
                null,
                new DecisionRecord(command.uid(), command.version(), origin.payload()),
                TRANSACTION_BYTES + command.bytes().length,
                List.of());
        return accepted(decided);
    }

    /** Applies a command to the transaction that it is about. */
    public static Transition apply(TransactionState tx, LogCommand.OnTransaction command, Origin origin) {
        return switch (command.kind()) {
            case BEGIN -> already(tx);
            case START_STEP -> startStep(tx, (LogCommand.StartStep) command, origin);
            case FINISH_STEP -> finishStep(tx, (LogCommand.FinishStep) command, origin);
            case FAIL_STEP -> failStep(tx, (LogCommand.FailStep) command, origin);
            case DECIDE -> decide(tx, (LogCommand.Decide) command, origin);
            case CLAIM_ACTION -> claim(tx, (LogCommand.ClaimAction) command, origin);
            case FINISH_COMPENSATION -> finishCompensation(tx, (LogCommand.FinishCompensation) command, origin);
            case FAIL_COMPENSATION -> failCompensation(tx, (LogCommand.FailCompensation) command, origin);
            case PARK -> park(tx, (LogCommand.Park) command, origin);
            case RETRY -> retry(tx);
            case RESOLVE -> resolve(tx, (LogCommand.Resolve) command, origin);
            case RECORD_DECISION -> recordDecision(tx, (LogCommand.RecordDecision) command, origin);
            case FORGET_DECISION -> forgetDecision(tx, origin);
            case OPEN_SESSION, CLOSE_SESSION, EXPIRE_SESSION ->
                throw new IllegalArgumentException(command + " is about no transaction");
        };
    }

    /** What the passing of time does: the deadline aborts, a claim that was not answered ends. */
    public static TransactionState timePassed(TransactionState tx, Origin origin) {
        if (tx.deadline() <= origin.time() && isAbortable(tx)) {
            return abort(tx, "timed out", origin);
        }
        StepState step = turn(tx);
        if (step != null && step.claimer() != 0 && step.claimDeadline() <= origin.time()) {
            return attemptFailed(tx, step, origin.time(), "attempt " + step.attempt() + " did not end in time");
        }
        return tx;
    }

    /** What the end of a session does to a transaction that may name it. */
    public static TransactionState sessionEnded(TransactionState tx, long session, Origin origin) {
        TransactionState next = tx;
        for (StepState step : tx.steps()) {
            if (step.status() == StepStatus.STARTED && step.intent().executor() == session) {
                next = next.withStep(step.inDoubt("its session ended"), 0);
            } else if (step.claimer() == session) {
                next = attemptFailed(next, step, origin.time(), "the session of attempt " + step.attempt() + " ended");
            }
        }
        if (tx.owner() != session || !tx.isLive()) {
            return next;
        }
        return tx.recovery() == Recovery.BACKWARD && isAbortable(next)
                ? abort(next, "its session ended", origin)
                : next.withOwner(0, next.entries(), origin.time());
    }

    /** Returns what is to be done for the transaction and is nobody's at this time, or null. */
    public static @Nullable Action action(TransactionState tx, long time) {
        if (tx.isLive()) {
            return tx.owner() == 0 && tx.reentryAt() <= time ? new Action(tx.id(), 0, tx.entries() + 1) : null;
        }
        StepState step = turn(tx);
        return step != null && step.claimer() == 0 && freeAt(step) <= time
                ? new Action(tx.id(), step.number(), step.attempt() + 1)
                : null;
    }

    /** Returns when time alone will next change the transaction or its {@link #action}; {@link Long#MAX_VALUE}: never. */
    public static long nextDue(TransactionState tx, long time) {
        if (tx.isLive()) {
            long deadline = isAbortable(tx) ? tx.deadline() : Long.MAX_VALUE;
            return tx.owner() == 0 && tx.reentryAt() > time ? Math.min(deadline, tx.reentryAt()) : deadline;
        }
        StepState step = turn(tx);
        if (step == null) {
            return Long.MAX_VALUE;
        }
        long due = step.claimer() == 0 ? freeAt(step) : step.claimDeadline();
        return due > time || step.claimer() != 0 ? due : Long.MAX_VALUE;
    }

    /** Returns about how much a command will add to {@link TransactionState#bytes}. */
    public static long bytesOf(LogCommand.StartStep command) {
        return STEP_BYTES + length(command.arguments());
    }

    private static Transition startStep(TransactionState tx, LogCommand.StartStep command, Origin origin) {
        StepState there = tx.step(command.step());
        if (!tx.isLive() || tx.mode() != TransactionMode.SAGA) {
            return rejected(tx, "not-live");
        }
        if (there != null) {
            return there.status() == StepStatus.STARTED ? already(tx) : rejected(tx, "step-ended");
        }
        if (origin.session() != tx.owner() && !StepNumber.isNested(command.step())) {
            return rejected(tx, "not-owner");
        }
        for (StepState other : tx.steps()) { // a try follows only one that is certain to have had no effect
            if (StepNumber.call(other.number()) == StepNumber.call(command.step())
                    && other.status() != StepStatus.FAILED) {
                return rejected(tx, "try-open");
            }
        }
        return accepted(tx.withStep(StepState.started(command, origin), bytesOf(command)));
    }

    private static Transition finishStep(TransactionState tx, LogCommand.FinishStep command, Origin origin) {
        StepState step = tx.step(command.step());
        if (step != null && step.tookEffect()) {
            return already(tx);
        }
        String objection = objectionToEnd(tx, step, origin);
        if (step == null || objection != null) {
            return rejected(tx, objection);
        }
        Payload result = command.result() == null ? null : origin.payload();
        TransactionState next = tx.withStep(step.finished(result, origin), length(command.result()));
        return accepted(
                step.intent().pivot() && tx.status() == ACTIVE
                        ? next.decided(COMPLETING, Outcome.COMMIT, "pivot", origin)
                        : advance(next, origin));
    }

    private static Transition failStep(TransactionState tx, LogCommand.FailStep command, Origin origin) {
        StepState step = tx.step(command.step());
        if (step != null && (command.doubt() ? isDoubted(step) : step.status() == StepStatus.FAILED)) {
            return already(tx);
        }
        String objection = objectionToEnd(tx, step, origin);
        if (step == null || objection != null) {
            return rejected(tx, objection);
        }
        String reason = bounded(command.reason());
        StepState failed = command.doubt() ? step.inDoubt(reason) : step.ended(StepStatus.FAILED, reason, origin);
        return accepted(advance(tx.withStep(failed, 0), origin));
    }

    /** Says why the sender may not report the end of a step, or null. Late reports count until the first claim. */
    private static @Nullable String objectionToEnd(TransactionState tx, @Nullable StepState step, Origin origin) {
        if (step == null) {
            return "no-step";
        }
        if (!step.isOpen() || step.attempt() > 0 || tx.status().isFinal()) {
            return "step-ended";
        }
        return origin.session() == step.intent().executor() || origin.session() == tx.owner() ? null : "not-executor";
    }

    private static boolean isDoubted(StepState step) {
        return step.status() == StepStatus.IN_DOUBT || (step.attempt() > 0 && !step.tookEffect());
    }

    private static Transition decide(TransactionState tx, LogCommand.Decide command, Origin origin) {
        if (!tx.isLive()) {
            return already(tx);
        }
        if (origin.session() != tx.owner() || tx.mode() != TransactionMode.SAGA) {
            return rejected(tx, "not-owner");
        }
        if (command.outcome() == Outcome.ABORT) {
            return accepted(isAbortable(tx) ? abort(tx, command.reason(), origin) : leave(tx, origin));
        }
        int finished = tx.count(StepStatus.FINISHED);
        if (finished + tx.count(StepStatus.FAILED) != tx.steps().size()) {
            return rejected(tx, "step-open");
        }
        if (finished != command.stepsSeen()) {
            return rejected(tx, "steps-seen");
        }
        TransactionState decided =
                tx.status() == ACTIVE ? tx.decided(COMMITTED, Outcome.COMMIT, bounded(command.reason()), origin) : tx;
        return accepted(decided.ended(COMMITTED, origin));
    }

    private static Transition claim(TransactionState tx, LogCommand.ClaimAction command, Origin origin) {
        StepState step = tx.step(command.step());
        boolean reentry = command.step() == 0;
        long holder = reentry ? tx.owner() : step == null ? 0 : step.claimer();
        int made = reentry ? tx.entries() : step == null ? 0 : step.attempt();
        if (holder == origin.session() && made == command.attempt() && made > 0) {
            return already(tx);
        }
        Action pending = action(tx, origin.time());
        if (pending == null || pending.step() != command.step() || pending.attempt() != command.attempt()) {
            return rejected(tx, "not-pending");
        }
        if (step == null) {
            return accepted(tx.withOwner(origin.session(), command.attempt(), 0));
        }
        long until = saturatedSum(origin.time(), Math.max(1, command.timeoutMillis()));
        return accepted(tx.withStep(step.claimed(origin.session(), until), 0));
    }

    private static Transition finishCompensation(
            TransactionState tx, LogCommand.FinishCompensation command, Origin origin) {
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

    private static Transition failCompensation(
            TransactionState tx, LogCommand.FailCompensation command, Origin origin) {
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
        return accepted(attemptFailed(tx, step, saturatedSum(origin.time(), delay), bounded(command.reason())));
    }

    private static Transition park(TransactionState tx, LogCommand.Park command, Origin origin) {
        StepState step = tx.step(command.step());
        if (step != null && step.status() == StepStatus.PARKED) {
            return already(tx);
        }
        if (step == null || step.claimer() != origin.session() || step.attempt() != command.attempt()) {
            return rejected(tx, "not-claimer");
        }
        return accepted(tx.withStep(step.ended(StepStatus.PARKED, bounded(command.reason()), origin), 0)
                .withStatus(PARKED));
    }

    private static Transition retry(TransactionState tx) {
        if (tx.status() != PARKED) {
            return tx.status() == COMPENSATING || tx.status() == COMPENSATED ? already(tx) : rejected(tx, "not-parked");
        }
        TransactionState next = tx.withStatus(COMPENSATING);
        for (StepState step : tx.steps()) {
            if (step.status() == StepStatus.PARKED) {
                int limit = step.attempt() + step.intent().schedule().maxAttempts();
                next = next.withStep(step.inDoubt(step.failure()).withAttemptLimit(limit), 0);
            }
        }
        return accepted(next);
    }

    private static Transition resolve(TransactionState tx, LogCommand.Resolve command, Origin origin) {
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
        TransactionState.Decision resolution = new TransactionState.Decision(
                command.outcome(), bounded(command.reason()), origin.time(), origin.wallClock());
        return accepted(tx.withResolution(resolution).ended(mixed ? HEURISTIC_MIXED : RESOLVED, origin));
    }

    private static Transition recordDecision(TransactionState tx, LogCommand.RecordDecision command, Origin origin) {
        DecisionRecord record = tx.record();
        if (record == null) {
            return tx.mode() == TransactionMode.ATOMIC ? already(tx) : rejected(tx, "not-atomic");
        }
        if (command.version() <= record.version()) {
            return already(tx);
        }
        if (origin.session() != tx.owner()) {
            return rejected(tx, "not-owner");
        }
        DecisionRecord newer = new DecisionRecord(command.uid(), command.version(), origin.payload());
        return accepted(tx.withRecord(newer, TRANSACTION_BYTES + command.bytes().length));
    }

    private static Transition forgetDecision(TransactionState tx, Origin origin) {
        if (tx.mode() != TransactionMode.ATOMIC) {
            return rejected(tx, "not-atomic");
        }
        return tx.record() == null
                ? already(tx)
                : accepted(tx.withRecord(null, TRANSACTION_BYTES).ended(COMMITTED, origin));
    }

    /** Whether it may still be aborted: a pivot that may have taken effect is settled first. */
    private static boolean isAbortable(TransactionState tx) {
        if (tx.status() != ACTIVE) {
            return false;
        }
        for (StepState step : tx.steps()) {
            if (step.intent().pivot() && step.isOpen()) {
                return false;
            }
        }
        return true;
    }

    private static TransactionState abort(TransactionState tx, String reason, Origin origin) {
        return advance(tx.decided(COMPENSATING, Outcome.ABORT, bounded(reason), origin), origin);
    }

    /** An owner that fails at or after the pivot only stops owning; the method is entered again. */
    private static TransactionState leave(TransactionState tx, Origin origin) {
        long delay = RetrySchedule.COMPENSATION.delayMillisAfter(tx.entries() + 1, seed(tx.id(), 0));
        return tx.withOwner(0, tx.entries(), saturatedSum(origin.time(), delay));
    }

    /** Ends the attempt of the current claim: another one is due, or there have been enough. */
    private static TransactionState attemptFailed(TransactionState tx, StepState step, long due, String reason) {
        return step.attempt() < step.attemptLimit()
                ? tx.withStep(step.free(due, reason), 0)
                : tx.withStep(step.parked(reason), 0).withStatus(PARKED);
    }

    /** Passes the steps that there is nothing to undo for; without a step left, the transaction is compensated. */
    private static TransactionState advance(TransactionState tx, Origin origin) {
        TransactionState next = tx;
        StepState step = turn(next);
        while (step != null && !step.intent().compensable()) {
            next = next.withStep(step.ended(StepStatus.COMPENSATED, step.failure(), origin), 0);
            step = turn(next);
        }
        return next.status() == COMPENSATING && step == null ? next.ended(COMPENSATED, origin) : next;
    }

    /** Returns the step whose compensation is next in a COMPENSATING transaction: the highest that has not ended. */
    private static @Nullable StepState turn(TransactionState tx) {
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
    private static long freeAt(StepState step) {
        return step.isExternal() && step.status() == StepStatus.STARTED
                ? saturatedSum(step.intent().startedAt(), step.intent().budgetMillis())
                : step.dueAt();
    }

    private static Transition accepted(TransactionState next) {
        return new Transition(next, Reply.accepted(next.status()));
    }

    private static Transition already(TransactionState tx) {
        return new Transition(tx, Reply.already(tx.status()));
    }

    private static Transition rejected(TransactionState tx, @Nullable String code) {
        return new Transition(tx, Reply.rejected(code == null ? "" : code, tx.status()));
    }

    private static long seed(TransactionId id, long step) {
        long mixed = (id.cluster() ^ Long.rotateLeft(id.session(), 21)) * 0x9E3779B97F4A7C15L + id.number();
        return mixed * 0xD6E8FEB86659FD93L + step;
    }

    private static String bounded(String reason) {
        return reason.length() <= REASON_MAX ? reason : reason.substring(0, REASON_MAX);
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static long saturatedSum(long time, long millis) {
        long sum = time + millis;
        return sum < time && millis > 0 ? Long.MAX_VALUE : sum;
    }
}
