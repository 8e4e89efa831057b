package io.dtx.runtime.invoke;

import io.dtx.TransactionTimeoutException;
import io.dtx.runtime.participant.ForwardResult;
import io.dtx.runtime.participant.GuardedResource;
import io.dtx.runtime.participant.ResourceUnavailableException;
import io.dtx.runtime.participant.Settlement;
import io.dtx.runtime.participant.StepCall;
import io.dtx.runtime.participant.StepScope;
import io.dtx.runtime.protocol.StepNumber;
import io.dtx.spi.ArgumentCodec;
import io.dtx.spi.ArgumentWriter;
import io.dtx.spi.Contexts;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.StepGateway.ArgumentRecorder;
import io.dtx.spi.StepGateway.Body;
import org.jspecify.annotations.Nullable;

/**
 * Runs LOCAL_TX steps: the intent is appended while the method executes its SQL, and awaited before the guard row. Each try is a
 * step of its own for the log, for the guard row of an earlier one may be a tombstone.
 */
final class LocalSteps {

    private final Orchestration orchestration;

    LocalSteps(Orchestration orchestration) {
        this.orchestration = orchestration;
    }

    <T extends @Nullable Object> T run(
            TransactionScope scope, StepDescriptor<T> step, ArgumentRecorder arguments, Body<T> body) throws Throwable {
        GuardedResource resource = orchestration.resource(step);
        byte[] recorded = Steps.record(step, arguments);
        Steps.refuseIfOverdue(scope, step, scope.clock().nanos());
        Retries retries = new Retries(scope, step);
        int call = scope.nextCall();
        for (int tryNumber = 1; ; tryNumber++) {
            Attempt<T> attempt = new Attempt<>(scope, step, resource, body, call, tryNumber);
            Throwable failure = attempt.run(recorded);
            if (failure == null) {
                return attempt.result();
            }
            if (!retries.again(failure, tryNumber)) {
                throw failure;
            }
        }
    }

    /** One try. */
    private final class Attempt<T extends @Nullable Object> {

        private final TransactionScope scope;
        private final StepDescriptor<T> step;
        private final GuardedResource resource;
        private final Body<T> body;
        private final int callNumber;
        private final long deadlineNanos;
        private final StepCall call;
        private @Nullable T value;
        private byte @Nullable [] recordedResult;

        Attempt(
                TransactionScope scope,
                StepDescriptor<T> step,
                GuardedResource resource,
                Body<T> body,
                int callNumber,
                int tryNumber) {
            this.scope = scope;
            this.step = step;
            this.resource = resource;
            this.body = body;
            this.callNumber = callNumber;
            this.deadlineNanos = Steps.deadlineNanos(scope, step, scope.clock().nanos());
            this.call = new StepCall(
                    scope.id(),
                    StepNumber.of(callNumber, tryNumber),
                    step.name(),
                    tryNumber,
                    scope.id().session(),
                    scope.systemNanos(deadlineNanos));
        }

        @SuppressWarnings("NullAway") // the value is what the body returned, null included
        T result() {
            return value;
        }

        /** Returns null if it took effect, else why it did not. */
        @Nullable
        Throwable run(byte @Nullable [] arguments) {
            Intent intent = Intent.submit(
                    orchestration.coordinator(),
                    scope,
                    scope.start(step, callNumber, call.attempt(), resource.databaseId(), 0, arguments),
                    false);
            ForwardResult forward = resource.forward(call, this::callBody, () -> intent.awaitInTime(deadlineNanos));
            return switch (forward.kind()) {
                case COMMITTED, ALREADY -> {
                    scope.finish(forward.result());
                    yield null;
                }
                case NO_EFFECT -> failed(forward.failure(), false);
                case FENCED -> failed(fenced(forward.failure()), false);
                case UNKNOWN -> settled(forward.failure());
            };
        }

        private byte @Nullable [] callBody() throws Throwable {
            Contexts.step(new StepScope(call, false));
            try {
                value = body.run();
            } finally {
                Contexts.step(null);
            }
            ArgumentCodec<T> codec = step.result();
            if (codec == null) {
                return null;
            }
            ArgumentWriter out = new ArgumentWriter();
            codec.write(out, result());
            recordedResult = out.toByteArray();
            return recordedResult;
        }

        private @Nullable Throwable settled(@Nullable Throwable lostAnswer) {
            try {
                Settlement truth = resource.settle(call, call.session());
                if (truth.tookEffect()) {
                    scope.finish(recordedResult);
                    return null;
                }
                return failed(lostAnswer, false);
            } catch (ResourceUnavailableException e) {
                return failed(lostAnswer == null ? e : lostAnswer, true);
            }
        }

        /** Whoever closed the step did so because of the transaction's time, if that is over. */
        private @Nullable Throwable fenced(@Nullable Throwable failure) {
            scope.setRollbackOnly("the step " + step + " was closed by another");
            return scope.isOverdue()
                    ? new TransactionTimeoutException(
                            scope.id(),
                            "DTX-2034 " + scope.id() + " (" + scope.name() + ") ran out of time; " + step
                                    + " took no effect.",
                            failure)
                    : failure;
        }

        private Throwable failed(@Nullable Throwable failure, boolean doubt) {
            Throwable known =
                    failure == null ? new IllegalStateException("DTX-9004 " + call + " failed silently") : failure;
            scope.fail(doubt, known);
            return known;
        }
    }
}
