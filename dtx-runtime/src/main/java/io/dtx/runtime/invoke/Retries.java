package io.dtx.runtime.invoke;

import io.dtx.DtxException;
import io.dtx.runtime.coordinator.MonotonicClock;
import io.dtx.spi.RetrySchedule;
import io.dtx.spi.StepDescriptor;
import java.util.concurrent.TimeUnit;

/** Decides whether a live step is tried again, and waits until it is time. */
final class Retries {

    private final TransactionScope scope;
    private final StepDescriptor<?> step;

    Retries(TransactionScope scope, StepDescriptor<?> step) {
        this.scope = scope;
        this.step = step;
    }

    /**
     * Returns after the schedule's delay, or at once with false when the failure is final.
     *
     * @param attempt the attempt that failed, from 1
     */
    boolean again(Throwable failure, int attempt) {
        RetrySchedule schedule = step.retry();
        if (attempt >= schedule.maxAttempts()
                || failure instanceof DtxException
                || failure instanceof Error
                || scope.isRollbackOnly()
                || !step.retriesOn(failure)) {
            return false;
        }
        long seed = scope.id().hashCode() * 31L + step.name().hashCode();
        MonotonicClock clock = scope.clock();
        long until = clock.nanos() + TimeUnit.MILLISECONDS.toNanos(schedule.delayMillisAfter(attempt, seed));
        if (until - scope.deadlineNanos() >= 0) {
            return false;
        }
        for (long left = until - clock.nanos(); left > 0; left = until - clock.nanos()) {
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            clock.pause(left);
        }
        return true;
    }
}
