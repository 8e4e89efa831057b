package io.dtx.runtime.participant.guard;

import io.dtx.FencedException;
import io.dtx.runtime.participant.ForwardResult;
import io.dtx.runtime.participant.ForwardResult.Kind;
import io.dtx.runtime.participant.GuardedResource.GuardedBody;
import io.dtx.runtime.participant.GuardedResource.Intent;
import io.dtx.runtime.participant.ResourceUnavailableException;
import io.dtx.runtime.participant.StepCall;
import io.dtx.runtime.participant.guard.GuardRow.Direction;
import io.dtx.runtime.participant.guard.StartedResource.RecordedStep;
import org.jspecify.annotations.Nullable;

/** Runs forward steps: the body, the wait for its intent, then guard row and commit back to back. */
final class ForwardSteps {

    private final StartedResource resource;
    private final SessionRows sessions;
    private final Bodies bodies;

    ForwardSteps(StartedResource resource, SessionRows sessions, Bodies bodies) {
        this.resource = resource;
        this.sessions = sessions;
        this.bodies = bodies;
    }

    ForwardResult run(StepCall call, GuardedBody body, Intent intent) {
        Attempt attempt = new Attempt(call, body, intent);
        Ended ended = resource.source().step(Use.step(resource.name(), call), resource.tag(call.session()), attempt);
        return switch (ended.kind()) {
            case COMMITTED -> new ForwardResult(Kind.COMMITTED, attempt.result, null);
            case UNKNOWN -> new ForwardResult(Kind.UNKNOWN, null, ended.failure());
            case CONFLICT -> conflict(call, ended.cause());
            case NOT_ALLOWED -> notAllowed(call, ended.cause());
            case ROLLED_BACK -> new ForwardResult(attempt.fenced ? Kind.FENCED : Kind.NO_EFFECT, null, ended.failure());
        };
    }

    private ForwardResult conflict(StepCall call, Throwable failure) {
        try {
            RecordedStep row = resource.find(call, Direction.DO);
            if (row == null) {
                return new ForwardResult(
                        Kind.NO_EFFECT, null, failure); // another key of the user's, refused in the commit
            }
            return row.tookEffect()
                    ? new ForwardResult(Kind.ALREADY, row.result(), null)
                    : new ForwardResult(Kind.FENCED, null, fenced(call, "somebody has closed it", failure));
        } catch (ResourceUnavailableException e) {
            e.addSuppressed(failure);
            return new ForwardResult(Kind.UNKNOWN, null, e);
        }
    }

    private ForwardResult notAllowed(StepCall call, Throwable failure) {
        try {
            if (sessions.allows(call)) {
                resource.source().levelChanged();
                return new ForwardResult(
                        Kind.NO_EFFECT, null, Settling.otherLevel(Use.step(resource.name(), call), failure));
            }
            return new ForwardResult(
                    Kind.FENCED,
                    null,
                    fenced(call, "session " + call.session() + " was ended, or its transaction is over", failure));
        } catch (ResourceUnavailableException e) {
            return new ForwardResult(Kind.NO_EFFECT, null, e);
        }
    }

    private FencedException fenced(StepCall call, String why, Throwable cause) {
        return new FencedException(
                call.transaction(),
                "DTX-3015 " + Use.step(resource.name(), call) + " took no effect: " + why + ".",
                cause);
    }

    /** One run of the body. */
    private final class Attempt implements TransactionSource.Work {

        private final StepCall call;
        private final GuardedBody body;
        private final Intent intent;
        private byte @Nullable [] result;
        private boolean fenced;

        Attempt(StepCall call, GuardedBody body, Intent intent) {
            this.call = call;
            this.body = body;
            this.intent = intent;
        }

        @Override
        public GuardRow run(LocalTransaction transaction) throws Throwable {
            bodies.run(transaction, call.deadlineNanos(), () -> result = body.run());
            transaction.requireUsable();
            try {
                intent.await();
            } catch (FencedException e) {
                fenced = true;
                throw e;
            }
            Bodies.requireInTime(transaction, call.deadlineNanos());
            return GuardRow.effect(resource, call, Direction.DO, result);
        }
    }
}
