package io.dtx.runtime.protocol;

import static io.dtx.TransactionStatus.ACTIVE;
import static io.dtx.TransactionStatus.COMMITTED;
import static io.dtx.TransactionStatus.COMPENSATING;
import static io.dtx.TransactionStatus.COMPLETING;
import static io.dtx.TransactionStatus.HEURISTIC_MIXED;
import static io.dtx.runtime.protocol.Transition.accepted;
import static io.dtx.runtime.protocol.Transition.already;
import static io.dtx.runtime.protocol.Transition.rejected;

import io.dtx.Recovery;
import io.dtx.StepStatus;
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

    private static final long TRANSACTION_BYTES = 512;
    private static final long STEP_BYTES = 256;

    /** The reason of an abort that a dead or silent process has left to others. */
    public static final String SESSION_ENDED = "its session ended";

    /** Why a parked transaction is not retried: a retry undoes. Only that of a restored log can be parked with this decision. */
    public static final String DECIDED_TO_COMMIT = "decided-to-commit";

    /** Why a parked transaction is not retried of which the log knows no step to undo: it may have done some after the backup. */
    public static final String NOTHING_TO_UNDO = "nothing-to-undo";

    private TransactionStateMachine() {}

    /** Begins a transaction; the caller has made sure that there never was one with this id. */
    public static Transition begin(LogCommand.Begin command, Origin origin) {
        long deadline = origin.after(Math.max(0, command.timeoutMillis()));
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
                TRANSACTION_BYTES + length(command.name()) + length(command.arguments()),
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
                TransactionState.Decision.of(Outcome.COMMIT, "", origin),
                null,
                0,
                0,
                null,
                new DecisionRecord(command.uid(), command.version(), origin.payload()),
                TRANSACTION_BYTES + command.bytes().length,
                List.of());
        return accepted(decided);
    }

    /** Puts an ATOMIC transaction into the state that was rolled back, and not by everybody. */
    public static Transition begin(LogCommand.RecordHeuristic command, Origin origin) {
        return Heuristics.begin(command, origin);
    }

    /** Applies a command to the transaction that it is about. */
    public static Transition apply(TransactionState tx, LogCommand.OnTransaction command, Origin origin) {
        return switch (command.kind()) {
            case BEGIN -> already(tx);
            case START_STEP -> startStep(tx, (LogCommand.StartStep) command, origin);
            case FINISH_STEP -> finishStep(tx, (LogCommand.FinishStep) command, origin);
            case FAIL_STEP -> failStep(tx, (LogCommand.FailStep) command, origin);
            case DECIDE -> decide(tx, (LogCommand.Decide) command, origin);
            case CLAIM_ACTION -> Compensations.claim(tx, (LogCommand.ClaimAction) command, origin);
            case FINISH_COMPENSATION -> Compensations.finish(tx, (LogCommand.FinishCompensation) command, origin);
            case FAIL_COMPENSATION -> Compensations.fail(tx, (LogCommand.FailCompensation) command, origin);
            case PARK -> Compensations.park(tx, (LogCommand.Park) command, origin);
            case RETRY -> Compensations.retry(tx, origin);
            case RESOLVE -> Heuristics.resolve(tx, (LogCommand.Resolve) command, origin);
            case RECORD_DECISION -> recordDecision(tx, (LogCommand.RecordDecision) command, origin);
            case FORGET_DECISION -> forgetDecision(tx, origin);
            case RECORD_HEURISTIC -> Heuristics.record(tx, (LogCommand.RecordHeuristic) command, origin);
            case OPEN_SESSION, CLOSE_SESSION, EXPIRE_SESSION ->
                throw new IllegalArgumentException(command + " is about no transaction");
        };
    }

    /** What the passing of time does: the deadline aborts, a claim that was not answered ends. */
    public static TransactionState timePassed(TransactionState tx, Origin origin) {
        if (tx.deadline() <= origin.time() && isAbortable(tx)) {
            return abort(tx, "timed out", origin);
        }
        StepState step = Compensations.turn(tx);
        if (step != null && step.claimer() != 0 && step.claimDeadline() <= origin.time()) {
            return Compensations.attemptFailed(
                    tx, step, origin.time(), "attempt " + step.attempt() + " did not end in time");
        }
        return tx;
    }

    /** What the end of a session does to a transaction that may name it. */
    public static TransactionState sessionEnded(TransactionState tx, long session, Origin origin) {
        TransactionState next = tx;
        for (StepState step : tx.steps()) {
            if (step.status() == StepStatus.STARTED && step.intent().executor() == session) {
                next = next.withStep(step.inDoubt(SESSION_ENDED), 0);
            } else if (step.claimer() == session) {
                next = Compensations.attemptFailed(
                        next, step, origin.time(), "the session of attempt " + step.attempt() + " ended");
            }
        }
        if (tx.owner() != session || !tx.isLive()) {
            return next;
        }
        return tx.recovery() == Recovery.BACKWARD && isAbortable(next)
                ? abort(next, SESSION_ENDED, origin)
                : next.withOwner(0, next.entries(), origin.time());
    }

    /** Returns what is to be done for the transaction and is nobody's at this time, or null. */
    public static @Nullable Action action(TransactionState tx, long time) {
        if (tx.isLive()) {
            return tx.owner() == 0 && tx.reentryAt() <= time ? new Action(tx.id(), 0, tx.entries() + 1) : null;
        }
        StepState step = Compensations.turn(tx);
        return step != null && step.claimer() == 0 && Compensations.freeAt(step) <= time
                ? new Action(tx.id(), step.number(), step.attempt() + 1)
                : null;
    }

    /** Returns when time alone will next change the transaction or its {@link #action}; {@link Long#MAX_VALUE}: never. */
    public static long nextDue(TransactionState tx, long time) {
        if (tx.isLive()) {
            long deadline = isAbortable(tx) ? tx.deadline() : Long.MAX_VALUE;
            return tx.owner() == 0 && tx.reentryAt() > time ? Math.min(deadline, tx.reentryAt()) : deadline;
        }
        StepState step = Compensations.turn(tx);
        if (step == null) {
            return Long.MAX_VALUE;
        }
        long due = step.claimer() == 0 ? Compensations.freeAt(step) : step.claimDeadline();
        return due > time || step.claimer() != 0 ? due : Long.MAX_VALUE;
    }

    /** Returns about how much a command will add to {@link TransactionState#bytes}. */
    public static long bytesOf(LogCommand.StartStep command) {
        return STEP_BYTES
                + length(command.name())
                + length(command.resource())
                + length(command.databaseId())
                + length(command.arguments());
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
                        : Compensations.advance(next, origin));
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
        String reason = command.reason();
        StepState failed = command.doubt() ? step.inDoubt(reason) : step.ended(StepStatus.FAILED, reason, origin);
        return accepted(Compensations.advance(tx.withStep(failed, 0), origin));
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
                tx.status() == ACTIVE ? tx.decided(COMMITTED, Outcome.COMMIT, command.reason(), origin) : tx;
        return accepted(decided.ended(COMMITTED, origin));
    }

    private static Transition recordDecision(TransactionState tx, LogCommand.RecordDecision command, Origin origin) {
        DecisionRecord record = tx.record();
        if (record == null) {
            return tx.mode() == TransactionMode.ATOMIC ? Heuristics.decideAgain(tx) : rejected(tx, "not-atomic");
        }
        if (command.version() <= record.version()) {
            return already(tx);
        }
        if (origin.session() != tx.owner()) {
            return rejected(tx, "not-owner");
        }
        DecisionRecord newer = new DecisionRecord(command.uid(), command.version(), origin.payload());
        return accepted(tx.withRecord(newer, bytesWithoutRecord(tx) + command.bytes().length));
    }

    private static Transition forgetDecision(TransactionState tx, Origin origin) {
        if (tx.mode() != TransactionMode.ATOMIC) {
            return rejected(tx, "not-atomic");
        }
        if (tx.record() == null) {
            return already(tx);
        }
        TransactionState forgotten = tx.withRecord(null, bytesWithoutRecord(tx));
        return accepted(forgotten.ended(tx.status() == HEURISTIC_MIXED ? HEURISTIC_MIXED : COMMITTED, origin));
    }

    private static long bytesWithoutRecord(TransactionState tx) {
        long bytes = TRANSACTION_BYTES;
        for (StepState step : tx.steps()) {
            bytes += STEP_BYTES + step.failureBytes();
        }
        return bytes;
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
        return Compensations.advance(tx.decided(COMPENSATING, Outcome.ABORT, reason, origin), origin);
    }

    /** An owner that fails at or after the pivot only stops owning; the method is entered again. */
    private static TransactionState leave(TransactionState tx, Origin origin) {
        long delay = RetrySchedule.COMPENSATION.delayMillisAfter(tx.entries() + 1, Compensations.seed(tx.id(), 0));
        return tx.withOwner(0, tx.entries(), origin.after(delay));
    }

    private static long length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
