package io.dtx.benchmarks.call;

import io.dtx.Recovery;
import io.dtx.TransactionId;
import io.dtx.runtime.Dtx;
import io.dtx.runtime.coordinator.Coordinator;
import io.dtx.runtime.coordinator.Limits;
import io.dtx.runtime.coordinator.OwnSession;
import io.dtx.runtime.log.MemoryLog;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.StepNumber;
import io.dtx.spi.ArgumentWriter;
import io.dtx.spi.RetrySchedule;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A step inside a transaction on the memory log, and the same encoding and commands by hand: what lies between them is the step's
 * own. Each invocation is a transaction of twenty steps, a twentieth of which counts with the step.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StepCall {

    private static final int STEPS = 20;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final Logger LOG = Logger.getLogger("io.dtx");

    static {
        LOG.setLevel(Level.SEVERE); // that a log in memory is for tests only
    }

    /** The steps through their generated subclass. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public long subclass(Woven woven) {
        return woven.till.day(STEPS);
    }

    /** The same commands, made by hand. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public long byHand(ByHand byHand) {
        return byHand.day();
    }

    /** A bean of dtx. */
    @State(Scope.Thread)
    public static class Woven {
        private final Dtx dtx = Dtx.builder().config("dtx.log", "memory").build();
        private final Till till = dtx.create(Till.class);

        /** Starts dtx. */
        @Setup
        public void start() {
            dtx.start();
        }

        /** Closes dtx. */
        @TearDown
        public void close() {
            dtx.close();
        }
    }

    /** Who knows what dtx says to its log. */
    @State(Scope.Thread)
    public static class ByHand {
        private final Coordinator coordinator = new Coordinator(new MemoryLog(), Limits.DEFAULT);

        /** Opens the log. */
        @Setup
        public void start() {
            coordinator.open();
            coordinator.openSession("node", "benchmark", List.of());
        }

        /** Closes it. */
        @TearDown
        public void close() {
            coordinator.close();
        }

        long day() {
            OwnSession session = coordinator.session();
            TransactionId id = session.next();
            long total = 0;
            LogCommand before = new LogCommand.Begin(id, "Till.day", Recovery.BACKWARD, HOUR_MILLIS, null);
            for (int i = 0; i < STEPS; i++) {
                long step = StepNumber.of(i + 1, 1);
                say(before, start(id, step, i, 100));
                long result = i + 100L;
                total += result;
                before = new LogCommand.FinishStep(id, step, encoded(result));
            }
            say(before, new LogCommand.Decide(id, LogCommand.Outcome.COMMIT, "", STEPS));
            session.release(id);
            return total;
        }

        private static LogCommand start(TransactionId id, long step, long customer, int amount) {
            ArgumentWriter out = new ArgumentWriter();
            out.writeLong(customer);
            out.writeInt(amount);
            return new LogCommand.StartStep(
                    id,
                    step,
                    "Till.take",
                    null,
                    null,
                    false,
                    true,
                    HOUR_MILLIS,
                    RetrySchedule.COMPENSATION,
                    1,
                    out.toByteArray());
        }

        private static byte @Nullable [] encoded(long result) {
            ArgumentWriter out = new ArgumentWriter();
            out.writeLong(result);
            return out.toByteArray();
        }

        private void say(LogCommand first, LogCommand second) {
            for (Reply each : coordinator.submit(List.of(first, second), true).join()) {
                if (!each.is(Reply.Kind.ACCEPTED)) {
                    throw new IllegalStateException("the log answered " + each);
                }
            }
        }
    }
}
