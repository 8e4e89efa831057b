package io.dtx.runtime.log;

import io.dtx.Recovery;
import io.dtx.TransactionId;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogCommand.Outcome;
import io.dtx.runtime.protocol.StepNumber;
import io.dtx.spi.RetrySchedule;
import java.util.List;

/** One command of every kind, and some at their limits. */
final class SampleCommands {

    static final TransactionId ID = new TransactionId(0x5f3a09c2d1e4b687L, 1, 100);
    static final long STEP = StepNumber.of(2, 1);

    private SampleCommands() {}

    static List<LogCommand> oneOfEach() {
        return List.of(
                new LogCommand.OpenSession(0x0123456789abcdefL, "node-1", "orders", List.of("stock", "pay")),
                new LogCommand.CloseSession(),
                new LogCommand.ExpireSession(300),
                new LogCommand.Begin(ID, "OrderService.place", Recovery.BACKWARD, 60_000, null),
                startStep("stock", "db-1", new byte[] {1, 2, 3}),
                new LogCommand.FinishStep(ID, STEP, new byte[] {42}),
                new LogCommand.FailStep(ID, STEP, true, "connection reset"),
                new LogCommand.Decide(ID, Outcome.COMMIT, "", 3),
                new LogCommand.ClaimAction(ID, STEP, 2, 30_000),
                new LogCommand.FinishCompensation(ID, STEP),
                new LogCommand.FailCompensation(ID, STEP, 2, "no stock"),
                new LogCommand.Park(ID, STEP, 120, "gave up"),
                new LogCommand.Retry(ID),
                new LogCommand.Resolve(ID, Outcome.ABORT, "by hand"),
                new LogCommand.RecordDecision(ID, "0:ffff7f000001", 2, new byte[] {9, 8, 7}),
                new LogCommand.ForgetDecision(ID),
                new LogCommand.RecordHeuristic(ID, "stock", LogCommand.Heuristic.ROLLED_BACK, "by itself"));
    }

    static List<LogCommand> atTheLimits() {
        TransactionId last = new TransactionId(-1, 101_559_956_668_415L, Long.MAX_VALUE);
        return List.of(
                startStep(null, null, null),
                startStep("", "", new byte[0]),
                new LogCommand.Begin(
                        last, "größe \u20ac \ud83d\ude00 \ud800", Recovery.FORWARD, Long.MAX_VALUE, new byte[70_000]),
                new LogCommand.FinishStep(last, -1, null),
                new LogCommand.FailStep(last, Long.MIN_VALUE, false, "x".repeat(128)),
                new LogCommand.Decide(last, Outcome.ABORT, "y".repeat(20_000), Integer.MIN_VALUE),
                new LogCommand.OpenSession(-1, "", "", List.of()));
    }

    static LogCommand startStep(String resource, String databaseId, byte[] arguments) {
        return new LogCommand.StartStep(
                ID,
                STEP,
                "StockService.reserve",
                resource,
                databaseId,
                false,
                true,
                0,
                RetrySchedule.COMPENSATION,
                0xfedcba9876543210L,
                arguments);
    }
}
