package io.dtx.runtime.crash;

import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.log.ForwardingLog;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogCommand.Decide;
import io.dtx.runtime.protocol.SessionBatch;
import io.dtx.runtime.protocol.StepNumber;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A log that says what passes. */
final class WatchedLog extends ForwardingLog {

    private final Points points;

    WatchedLog(CoordinatorLog log, Points points) {
        super(log);
        this.points = points;
    }

    @Override
    public CompletableFuture<Long> append(List<SessionBatch> batches) {
        pass(batches, "before");
        CompletableFuture<Long> appended = log.append(batches);
        appended.join();
        pass(batches, "after");
        return appended;
    }

    private void pass(List<SessionBatch> batches, String when) {
        for (SessionBatch batch : batches) {
            for (LogCommand each : batch.commands()) {
                try {
                    points.pass("append:" + each.kind() + ":" + place(each) + ":" + when);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private static String place(LogCommand command) {
        if (command instanceof Decide decide) {
            return decide.outcome().toString();
        }
        long step = 0;
        if (command instanceof LogCommand.StartStep start) {
            step = start.step();
        } else if (command instanceof LogCommand.FinishStep finish) {
            step = finish.step();
        } else if (command instanceof LogCommand.FailStep fail) {
            step = fail.step();
        } else if (command instanceof LogCommand.ClaimAction claim) {
            step = claim.step();
        } else if (command instanceof LogCommand.FinishCompensation finish) {
            step = finish.step();
        } else if (command instanceof LogCommand.FailCompensation fail) {
            step = fail.step();
        }
        return String.valueOf(StepNumber.ownersCall(step));
    }
}
