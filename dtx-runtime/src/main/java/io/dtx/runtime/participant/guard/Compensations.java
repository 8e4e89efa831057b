package io.dtx.runtime.participant.guard;

import io.dtx.DtxException;
import io.dtx.FencedException;
import io.dtx.runtime.participant.ActionResult;
import io.dtx.runtime.participant.ActionResult.Kind;
import io.dtx.runtime.participant.GuardedResource.Compensation;
import io.dtx.runtime.participant.ResourceUnavailableException;
import io.dtx.runtime.participant.Settlement;
import io.dtx.runtime.participant.StepCall;
import io.dtx.runtime.participant.guard.GuardRow.Direction;
import io.dtx.runtime.participant.guard.StartedResource.RecordedStep;
import org.jspecify.annotations.Nullable;

/** Compensates: settles the step in one transaction, undoes it in another. */
final class Compensations {

    private final StartedResource resource;
    private final SessionRows sessions;
    private final Settling settling;
    private final Bodies bodies;

    Compensations(StartedResource resource, SessionRows sessions, Settling settling, Bodies bodies) {
        this.resource = resource;
        this.sessions = sessions;
        this.settling = settling;
        this.bodies = bodies;
    }

    ActionResult run(StepCall call, long ownerSession, Compensation compensation) {
        try {
            Settlement settlement = settling.settle(call, ownerSession);
            return settlement.tookEffect() ? undo(call, compensation) : new ActionResult(Kind.COMPENSATED, null);
        } catch (FencedException e) {
            return refused(call, e);
        } catch (ResourceUnavailableException e) {
            return new ActionResult(Kind.FAILED, e);
        }
    }

    private ActionResult undo(StepCall call, Compensation compensation) {
        Attempt attempt = new Attempt(call, compensation);
        Ended ended =
                resource.source().step(Use.compensation(resource.name(), call), resource.tag(call.session()), attempt);
        return switch (ended.kind()) {
            case COMMITTED -> new ActionResult(Kind.COMPENSATED, null);
            case CONFLICT, UNKNOWN -> recorded(call, resource.find(call, Direction.UNDO), ended.failure());
            case NOT_ALLOWED -> notAllowed(call, ended.failure());
            case ROLLED_BACK -> rolledBack(call, attempt, ended.failure());
        };
    }

    private ActionResult rolledBack(StepCall call, Attempt attempt, @Nullable Throwable failure) {
        if (attempt.swept) {
            return refused(call, fenced(call, failure));
        }
        return attempt.decided == null ? new ActionResult(Kind.FAILED, failure) : attempt.decided;
    }

    private ActionResult notAllowed(StepCall call, @Nullable Throwable failure) {
        if (sessions.allows(call)) {
            resource.source().levelChanged();
            return new ActionResult(Kind.FAILED, Settling.otherLevel(Use.compensation(resource.name(), call), failure));
        }
        return refused(call, fenced(call, failure));
    }

    private ActionResult refused(StepCall call, FencedException why) {
        return sessions.isOver(call)
                ? new ActionResult(Kind.PARK, over(call, why))
                : new ActionResult(Kind.FENCED, why);
    }

    private ActionResult recorded(StepCall call, @Nullable RecordedStep row, @Nullable Throwable failure) {
        if (row == null) {
            return new ActionResult(Kind.FAILED, failure);
        }
        return row.tookEffect()
                ? new ActionResult(Kind.COMPENSATED, null)
                : new ActionResult(
                        Kind.PARK,
                        new DtxException(
                                call.transaction(),
                                "DTX-3021 the " + Use.compensation(resource.name(), call)
                                        + " was closed by an operator's resolution: resolve the transaction again.",
                                failure));
    }

    private DtxException over(StepCall call, FencedException cause) {
        return new DtxException(
                call.transaction(),
                "DTX-3036 the " + Use.compensation(resource.name(), call)
                        + " does not run: the log that the transaction was restored from was through with it, and whether the"
                        + " step is in effect is not known any more. Nothing of it can take effect later: look at the data, put"
                        + " it right by hand, and resolve the transaction in an application that has the resource.",
                cause);
    }

    private FencedException fenced(StepCall call, @Nullable Throwable cause) {
        return new FencedException(
                call.transaction(),
                "DTX-3015 session " + call.session() + " may not complete the "
                        + Use.compensation(resource.name(), call)
                        + ": the session was ended, or the transaction is no longer known.",
                cause);
    }

    /** One run of the compensation. */
    private final class Attempt implements TransactionSource.Work {

        private final StepCall call;
        private final Compensation compensation;
        private @Nullable ActionResult decided;
        private boolean swept;

        Attempt(StepCall call, Compensation compensation) {
            this.call = call;
            this.compensation = compensation;
        }

        @Override
        public GuardRow run(LocalTransaction transaction) throws Throwable {
            RecordedStep undone = resource.read(transaction.connection(), call, Direction.UNDO);
            if (undone != null) {
                decided = recorded(call, undone, null);
                throw new RowThereException();
            }
            RecordedStep done = resource.read(transaction.connection(), call, Direction.DO);
            if (done == null || !done.tookEffect()) { // settled as an effect, and swept since
                swept = true;
                throw new RowThereException();
            }
            bodies.run(transaction, call.deadlineNanos(), () -> compensation.run(done.result()));
            transaction.requireUsable();
            Bodies.requireInTime(transaction, call.deadlineNanos());
            return GuardRow.effect(resource, call, Direction.UNDO, null);
        }
    }

    /** Nothing is left to be done. */
    private static final class RowThereException extends Exception {
        private static final long serialVersionUID = 1;
    }
}
