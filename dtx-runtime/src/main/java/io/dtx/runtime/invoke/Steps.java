package io.dtx.runtime.invoke;

import io.dtx.DtxException;
import io.dtx.TransactionTimeoutException;
import io.dtx.spi.ArgumentWriter;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.StepGateway.ArgumentRecorder;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What guarded and EXTERNAL steps have in common. */
final class Steps {

    private static final int RECORD_BYTES_MAX = 512 * 1024;

    private Steps() {}

    /** Returns what the compensation will need; null for a step without one. */
    static byte @Nullable [] record(StepDescriptor<?> step, ArgumentRecorder arguments) {
        if (!step.isCompensable()) {
            return null;
        }
        ArgumentWriter out = new ArgumentWriter();
        arguments.record(out);
        byte[] bytes = out.toByteArray();
        if (bytes.length > RECORD_BYTES_MAX) {
            throw new DtxException(
                    null,
                    "DTX-2028 the arguments of " + step.name() + " take " + bytes.length + " bytes, more than the "
                            + RECORD_BYTES_MAX + " that are recorded: pass an id of the large value instead.",
                    null);
        }
        return bytes;
    }

    /**
     * Demands that the transaction still has time.
     *
     * @param now by its clock
     * @throws TransactionTimeoutException if it has none
     */
    static void refuseIfOverdue(TransactionScope scope, StepDescriptor<?> step, long now) {
        if (scope.isOverdueAt(now)) {
            throw new TransactionTimeoutException(
                    scope.id(),
                    "DTX-2021 " + scope.id() + " (" + scope.name() + ") is out of time, so " + step.name()
                            + " was not started.",
                    null);
        }
    }

    /** Returns when a step that begins now must have ended, by the transaction's clock. */
    static long deadlineNanos(TransactionScope scope, StepDescriptor<?> step, long now) {
        if (step.timeoutMillis() <= 0) {
            return scope.deadlineNanos();
        }
        long own = now + TimeUnit.MILLISECONDS.toNanos(step.timeoutMillis());
        return own - scope.deadlineNanos() < 0 ? own : scope.deadlineNanos();
    }
}
