package io.dtx.runtime.invoke;

import io.dtx.TransactionTimeoutException;
import io.dtx.runtime.participant.StepCall;
import io.dtx.runtime.participant.StepScope;
import io.dtx.runtime.protocol.StepNumber;
import io.dtx.spi.ArgumentCodec;
import io.dtx.spi.ArgumentWriter;
import io.dtx.spi.Contexts;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.StepGateway.ArgumentRecorder;
import io.dtx.spi.StepGateway.Body;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs EXTERNAL steps: the intent is durable before the call, and the call's time counts from sending the intent. All attempts
 * of a call are one step with one key, within that time.
 */
final class ExternalSteps {

    private final Orchestration orchestration;

    ExternalSteps(Orchestration orchestration) {
        this.orchestration = orchestration;
    }

    <T extends @Nullable Object> T run(
            TransactionScope scope, StepDescriptor<T> step, ArgumentRecorder arguments, Body<T> body) throws Throwable {
        byte[] recorded = Steps.record(step, arguments);
        long now = scope.clock().nanos();
        Steps.refuseIfOverdue(scope, step, now);
        long deadlineNanos = Steps.deadlineNanos(scope, step, now);
        long budgetMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - now)
                + 2; // what is rounded off here, and what the log rounds off when it stamps the intent
        int callNumber = scope.nextCall();
        Intent intent = Intent.submit(
                orchestration.coordinator(),
                scope,
                scope.start(step, callNumber, 1, null, budgetMillis, recorded),
                true);
        try {
            intent.await(deadlineNanos);
        } catch (Exception e) {
            scope.fail(false, e);
            throw e;
        }
        T value = attempts(scope, step, callNumber, deadlineNanos, body);
        try {
            scope.finish(encoded(step, value));
        } catch (RuntimeException e) { // the result cannot be recorded, but the call was made
            scope.fail(true, e);
            throw e;
        }
        return value;
    }

    private <T extends @Nullable Object> T attempts(
            TransactionScope scope, StepDescriptor<T> step, int callNumber, long deadlineNanos, Body<T> body)
            throws Throwable {
        Retries retries = new Retries(scope, step);
        boolean doubt = false;
        for (int attempt = 1; ; attempt++) {
            StepCall call = new StepCall(
                    scope.id(),
                    StepNumber.of(callNumber, 1),
                    step.name(),
                    attempt,
                    scope.id().session(),
                    scope.systemNanos(deadlineNanos));
            try {
                return call(call, body, attempt > 1);
            } catch (Throwable failure) {
                doubt |= !(failure instanceof NotCalledException) && !step.provesNoEffect(failure);
                if (!retries.again(failure, attempt)) {
                    scope.fail(doubt, failure);
                    throw failure;
                }
            }
        }
    }

    private static <T extends @Nullable Object> T call(StepCall call, Body<T> body, boolean repeated) throws Throwable {
        if (System.nanoTime() - call.deadlineNanos() >= 0) { // checked last: compensation may begin once it is over
            throw new NotCalledException(call, repeated);
        }
        Contexts.step(new StepScope(call, false));
        try {
            return body.run();
        } finally {
            Contexts.step(null);
        }
    }

    private static <T extends @Nullable Object> byte @Nullable [] encoded(StepDescriptor<T> step, T value) {
        ArgumentCodec<T> codec = step.result();
        if (codec == null) {
            return null;
        }
        ArgumentWriter out = new ArgumentWriter();
        codec.write(out, value);
        return out.toByteArray();
    }

    /** The time of a call was over before it was made. */
    private static final class NotCalledException extends TransactionTimeoutException {

        private static final long serialVersionUID = 1;

        NotCalledException(StepCall call, boolean repeated) {
            super(
                    call.transaction(),
                    "DTX-2027 " + call.name() + " of " + call.transaction() + " was not called"
                            + (repeated ? " again" : "")
                            + ": its time was over. Give the step, or its transaction, a longer timeout.",
                    null);
        }
    }
}
