package io.dtx.runtime.crash;

import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.log.ForwardingLog;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.protocol.StepNumber;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/**
 * A log that counts its appends, and those that were answered when the caller had nothing else to do any more: all but the
 * intents of steps that are still at work.
 */
final class CountedLog extends ForwardingLog {

    private final IntPredicate callerIsAtWork;
    private final AtomicInteger appends = new AtomicInteger();
    private final AtomicInteger waits = new AtomicInteger();

    /** Asks of a step, by its call, whether its method is still at work. */
    CountedLog(CoordinatorLog log, IntPredicate callerIsAtWork) {
        super(log);
        this.callerIsAtWork = callerIsAtWork;
    }

    int appends() {
        return appends.get();
    }

    int waits() {
        return waits.get();
    }

    void reset() {
        appends.set(0);
        waits.set(0);
    }

    @Override
    public CompletableFuture<Long> append(List<SessionBatch> batches) {
        CompletableFuture<Long> appended = log.append(batches);
        appended.join();
        if (!callerIsAtWork.test(startedStep(batches))) {
            waits.incrementAndGet();
        }
        appends.incrementAndGet();
        return appended;
    }

    /** Returns the call whose intent is among these, 0 if none is. */
    private static int startedStep(List<SessionBatch> batches) {
        return batches.stream()
                .flatMap(each -> each.commands().stream())
                .filter(LogCommand.StartStep.class::isInstance)
                .mapToInt(each -> StepNumber.ownersCall(((LogCommand.StartStep) each).step()))
                .findFirst()
                .orElse(0);
    }
}
