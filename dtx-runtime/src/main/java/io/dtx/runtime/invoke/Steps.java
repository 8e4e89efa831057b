package io.dtx.runtime.invoke;

import io.dtx.DtxException;
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

    /** Returns when a step that begins now must have ended, by the transaction's clock. */
    static long deadlineNanos(TransactionScope scope, StepDescriptor<?> step) {
        if (step.timeoutMillis() <= 0) {
            return scope.deadlineNanos();
        }
        long own = scope.clock().nanos() + TimeUnit.MILLISECONDS.toNanos(step.timeoutMillis());
        return own - scope.deadlineNanos() < 0 ? own : scope.deadlineNanos();
    }
}
