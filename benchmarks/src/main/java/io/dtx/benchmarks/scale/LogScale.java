package io.dtx.benchmarks.scale;

import io.dtx.Recovery;
import io.dtx.TransactionId;
import io.dtx.runtime.coordinator.Coordinator;
import io.dtx.runtime.coordinator.Limits;
import io.dtx.runtime.coordinator.Submission;
import io.dtx.runtime.log.file.FileLog;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.StepNumber;
import io.dtx.spi.RetrySchedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A command that has the embedded log take many finished transactions of three steps, then leaves some open, and opens it again:
 *
 * <pre>{@code
 * java -cp benchmarks/target/dtx-benchmarks.jar io.dtx.benchmarks.scale.LogScale 10000000 100000 DIRECTORY
 * }</pre>
 *
 * <p>Directory and heap must not grow with the finished ones. It exits with 1 where a goal is missed: a directory of 200 MB while
 * transactions finish, 5 s until the open ones are recovered.
 */
public final class LogScale {

    private static final long SEGMENT_BYTES = 16 << 20;
    private static final long SNAPSHOT_BYTES = 64 << 20;
    private static final long DIRECTORY_MEGABYTES_MAX = 200;
    private static final long RECOVERY_MILLIS_MAX = 5_000;
    private static final int REPORTS = 20;
    private static final int IN_FLIGHT = 2_000;
    private static final byte[] ARGUMENTS = new byte[40];
    private static final byte[] RESULT = new byte[8];

    private final Path directory;
    private long largestMegabytes;

    LogScale(Path directory) {
        this.directory = directory;
    }

    /** Runs it: how many finished ones, how many open ones, and an empty directory. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            System.err.println("usage: LogScale FINISHED OPEN DIRECTORY");
            System.exit(2);
        }
        LogScale scale = new LogScale(Path.of(arguments[2]));
        boolean kept = scale.run(Long.parseLong(arguments[0]), Integer.parseInt(arguments[1]));
        System.exit(kept ? 0 : 1);
    }

    boolean run(long finished, int open) throws IOException {
        long largest = fill(finished, open);
        long begin = System.nanoTime();
        long cpuBefore = cpuMillis();
        try (Coordinator next = opened()) {
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            long cpu = cpuMillis() - cpuBefore;
            long recovered = next.transactions().stream()
                    .filter(each -> !each.status().isFinal())
                    .count();
            report(recovered + " recovered", begin);
            System.out.printf(
                    "SCALE finished %d  directory at most %d MB  open %d  recovered %d in %d ms (cpu %d ms)%n",
                    finished, largest, open, recovered, millis, cpu);
            return largest <= DIRECTORY_MEGABYTES_MAX && recovered == open && millis <= RECOVERY_MILLIS_MAX;
        }
    }

    /** Returns how many megabytes the directory had at most while transactions finished. */
    private long fill(long finished, int open) throws IOException {
        long begin = System.nanoTime();
        try (Coordinator coordinator = opened()) { // closed as by a crash: its session stays open
            finish(coordinator, finished, begin);
            long largest = largestMegabytes;
            leaveOpen(coordinator, open);
            report(open + " left open", begin);
            return largest;
        }
    }

    /** Opens the log and a session, which expires the one before it. */
    private Coordinator opened() {
        Coordinator coordinator =
                new Coordinator(new FileLog(directory, SEGMENT_BYTES, SNAPSHOT_BYTES), Limits.DEFAULT);
        coordinator.open();
        coordinator.openSession("node", "scale", List.of());
        return coordinator;
    }

    private void finish(Coordinator coordinator, long count, long begin) throws IOException {
        record Flight(TransactionId id, Submission replies) {}
        ArrayDeque<Flight> flights = new ArrayDeque<>();
        for (long i = 1; i <= count; i++) {
            TransactionId id = coordinator.session().next();
            List<LogCommand> commands = threeSteps(id);
            commands.add(new LogCommand.Decide(id, LogCommand.Outcome.COMMIT, "", 3));
            flights.add(new Flight(id, coordinator.submit(commands, false)));
            if (flights.size() == IN_FLIGHT || i == count) {
                while (!flights.isEmpty()) {
                    Flight flight = flights.remove();
                    requireAccepted(flight.replies().join());
                    coordinator.session().release(flight.id());
                }
            }
            if (i % Math.max(1, count / REPORTS) == 0) {
                report(i + " finished", begin);
            }
        }
    }

    private static void leaveOpen(Coordinator coordinator, int count) {
        List<Submission> flights = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            flights.add(coordinator.submit(threeSteps(coordinator.session().next()), false));
        }
        flights.forEach(each -> requireAccepted(each.join()));
    }

    private static void requireAccepted(List<Reply> replies) {
        for (Reply each : replies) {
            if (!each.is(Reply.Kind.ACCEPTED)) {
                throw new IllegalStateException("the log answered " + each);
            }
        }
    }

    private static List<LogCommand> threeSteps(TransactionId id) {
        List<LogCommand> commands = new ArrayList<>();
        commands.add(new LogCommand.Begin(id, "Orders.place", Recovery.BACKWARD, 600_000, null));
        for (int call = 1; call <= 3; call++) {
            long step = StepNumber.of(call, 1);
            commands.add(new LogCommand.StartStep(
                    id,
                    step,
                    "Stock.reserve",
                    "stock",
                    "database",
                    false,
                    true,
                    0,
                    RetrySchedule.COMPENSATION,
                    1,
                    ARGUMENTS));
            commands.add(new LogCommand.FinishStep(id, step, RESULT));
        }
        return commands;
    }

    /** Returns how much processor time this process has had. */
    private static long cpuMillis() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toMillis();
    }

    private void report(String what, long begin) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(directory)) {
            for (Path each : files.toList()) {
                bytes += Files.exists(each) ? Files.size(each) : 0; // a snapshot may just have made it superfluous
            }
        }
        largestMegabytes = Math.max(largestMegabytes, bytes >> 20);
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                "%-24s %8d ms  cpu %7d ms  heap %5d MB  directory %4d MB%n",
                what,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin),
                cpuMillis(),
                (runtime.totalMemory() - runtime.freeMemory()) >> 20,
                bytes >> 20);
    }
}
