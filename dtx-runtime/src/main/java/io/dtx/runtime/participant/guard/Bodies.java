package io.dtx.runtime.participant.guard;

import io.dtx.runtime.participant.GuardedResource.PlainBody;
import java.sql.SQLTimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs business methods with their transaction bound to the thread, and watched. */
final class Bodies {

    private final JdbcResource resource;
    private final StepWatch watch;

    Bodies(JdbcResource resource, StepWatch watch) {
        this.resource = resource;
        this.watch = watch;
    }

    void run(LocalTransaction transaction, long deadlineNanos, PlainBody body) throws Throwable {
        requireInTime(transaction, deadlineNanos);
        @Nullable BoundStep outer = BoundStep.enter(new BoundStep(resource, transaction));
        transaction.watch(watch, deadlineNanos);
        try {
            body.run();
            transaction.flushSession();
        } finally {
            BoundStep.leave(outer);
        }
    }

    static void requireInTime(LocalTransaction transaction, long deadlineNanos) throws SQLTimeoutException {
        if (System.nanoTime() - deadlineNanos > 0) {
            throw new SQLTimeoutException(
                    "DTX-3014 " + transaction.use()
                            + " is out of time and was rolled back: raise its timeout, or that of its"
                            + " transaction.",
                    "57014");
        }
    }
}
