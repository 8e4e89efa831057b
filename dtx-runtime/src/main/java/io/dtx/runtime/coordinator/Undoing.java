package io.dtx.runtime.coordinator;

import io.dtx.StepStatus;
import io.dtx.TransactionStatus;
import io.dtx.runtime.participant.ActionResult;
import io.dtx.runtime.participant.Text;
import io.dtx.runtime.participant.ToldFailure;
import io.dtx.runtime.protocol.Action;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.StepState;
import io.dtx.runtime.protocol.TransactionState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One thread's work on one transaction: step after step backwards, each end reported together with the claim of the next. */
final class Undoing {

    private static final System.Logger LOG = System.getLogger(Undoing.class.getName());

    private final Coordinator coordinator;
    private final Compensator compensator;
    private final long attemptTimeoutMillis;
    private final Lanes.Place place;

    Undoing(Coordinator coordinator, Compensator compensator, long attemptTimeoutMillis, Lanes.Place place) {
        this.coordinator = coordinator;
        this.compensator = compensator;
        this.attemptTimeoutMillis = attemptTimeoutMillis;
        this.place = place;
    }

    /** Returns the command that claims an action for one attempt. */
    static LogCommand claim(Action action, long attemptTimeoutMillis) {
        return new LogCommand.ClaimAction(action.transaction(), action.step(), action.attempt(), attemptTimeoutMillis);
    }

    /** Returns whether a claim is ours: now, or, when its first answer was lost, since then. */
    static boolean isOurs(Reply claimed) {
        return claimed.is(Reply.Kind.ACCEPTED, Reply.Kind.ALREADY);
    }

    /**
     * Makes attempts until one fails or no step of ours is next.
     *
     * @param claimed the action that this session has claimed
     * @return whether nothing failed
     */
    boolean run(Action claimed) {
        Action next = claimed;
        while (next != null) {
            ActionResult result = attempt(next);
            List<LogCommand> report = new ArrayList<>(2);
            report.add(report(next, result));
            Action following = result.kind() == ActionResult.Kind.COMPENSATED ? following(next) : null;
            if (following != null) {
                report.add(claim(following, attemptTimeoutMillis));
            }
            List<Reply> replies = coordinator.submit(report, true).join();
            if (result.kind() != ActionResult.Kind.COMPENSATED) {
                warn(next, result.failure());
                return false;
            }
            boolean accepted = following != null && isOurs(replies.get(1));
            next = accepted ? following : null;
        }
        return true;
    }

    private ActionResult attempt(Action action) {
        TransactionState transaction = coordinator.transaction(action.transaction());
        StepState step = transaction == null ? null : transaction.step(action.step());
        if (transaction == null || step == null) {
            throw new IllegalStateException("DTX-9002 " + action + " was claimed, but is not in the state");
        }
        long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(attemptTimeoutMillis);
        return compensator.attempt(transaction, step, action.attempt(), deadlineNanos);
    }

    /** Tells of a failed attempt once the state has decided what it means. */
    private void warn(Action action, @Nullable Throwable failure) {
        TransactionState now = coordinator.transaction(action.transaction());
        StepState step = now == null ? null : now.step(action.step());
        boolean parked = now != null && now.status() == TransactionStatus.PARKED;
        LOG.log(
                System.Logger.Level.WARNING,
                "DTX-4011 " + action.transaction() + ": attempt " + action.attempt() + " to compensate "
                        + (step == null ? action.step() : step.intent().name())
                        + (parked ? " failed for good; the transaction is parked" : " failed; it is tried again"),
                failure == null ? null : ToldFailure.onLines(failure));
    }

    private static LogCommand report(Action action, ActionResult result) {
        String reason = result.failure() == null ? "" : Text.reason(result.failure(), false);
        return switch (result.kind()) {
            case COMPENSATED -> new LogCommand.FinishCompensation(action.transaction(), action.step());
            case FAILED, FENCED ->
                new LogCommand.FailCompensation(action.transaction(), action.step(), action.attempt(), reason);
            case PARK -> new LogCommand.Park(action.transaction(), action.step(), action.attempt(), reason);
        };
    }

    /** Returns the action whose turn it is once a finished one is out of the way, if its lane has room. */
    private @Nullable Action following(Action finished) {
        TransactionState transaction = coordinator.transaction(finished.transaction());
        if (transaction == null || transaction.status() != TransactionStatus.COMPENSATING) {
            return null;
        }
        StepState next = below(transaction, finished.step());
        if (next == null) {
            return null;
        }
        Action action = new Action(finished.transaction(), next.number(), next.attempt() + 1);
        return place.moveTo(action, next.intent().resource(), next.intent().name()) ? action : null;
    }

    private static @Nullable StepState below(TransactionState transaction, long number) {
        List<StepState> steps = transaction.steps();
        for (int i = steps.size() - 1; i >= 0; i--) {
            StepState each = steps.get(i);
            boolean undone = each.status() == StepStatus.FAILED || each.status() == StepStatus.COMPENSATED;
            if (each.number() < number && !undone && each.intent().compensable()) {
                return each;
            }
        }
        return null;
    }
}
