package io.dtx.examples.conformance;

import io.dtx.DtxException;
import io.dtx.TransactionId;
import io.dtx.runtime.Dtx;
import io.dtx.runtime.StepHistory;
import io.dtx.runtime.TransactionHistory;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A process's part of a run: the first one is killed in its last scenario, the second one finds what it has left. */
final class Run {

    /** What a process that was killed exits with. */
    static final int HALTED = 75;

    private static final String DIRECTORY = "conformance.directory";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Dtx dtx;
    private final Set<TransactionId> told = new HashSet<>();

    private Run(Dtx dtx) {
        this.dtx = dtx;
    }

    /** Returns the directory of the run: databases, log and trace. */
    static Path directory() {
        String directory = System.getProperty(DIRECTORY);
        if (directory == null) {
            throw new IllegalStateException("say -D" + DIRECTORY + "=...");
        }
        return Path.of(directory);
    }

    /** Runs the scenarios, the last of which ends the process. */
    static void first(Container container) {
        new Run(container.dtx()).all(Scenarios.of(container));
    }

    /** Waits until what the first process left is undone, tells it, and runs what comes after. */
    static void second(Container container) {
        Run run = new Run(container.dtx());
        run.awaitEnds();
        run.dtx
                .transactions()
                .list(each -> !each.name().equals("Orders.killed"))
                .forEach(each -> run.told.add(each.id()));
        run.histories();
        run.all(Scenarios.ofRecovered(container));
    }

    private void all(Map<String, Callable<?>> scenarios) {
        scenarios.forEach((name, scenario) -> {
            Trace.say("== " + name);
            Trace.say("  " + outcome(scenario));
            awaitEnds();
            histories();
        });
    }

    /** Returns what a call returned, or what it threw. */
    static String outcome(Callable<?> call) {
        try {
            return "returned " + call.call();
        } catch (Exception e) {
            return "threw " + told(e);
        }
    }

    /** Returns an exception as every container has it: of ours the code, for the rest tells threads and times. */
    static String told(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return failure.getClass().getSimpleName() + " "
                + (failure instanceof DtxException ? message.substring(0, message.indexOf(' ')) : message)
                + Stream.of(failure.getSuppressed())
                        .map(each -> " suppressed " + told(each))
                        .collect(Collectors.joining());
    }

    private void awaitEnds() {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!dtx.transactions().list(each -> each.ended() == null).isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "still open: " + dtx.transactions().list(each -> each.ended() == null));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    private void histories() {
        List<TransactionHistory> fresh = dtx.transactions().list(each -> told.add(each.id()));
        fresh.forEach(Run::tell);
    }

    private static void tell(TransactionHistory history) {
        Trace.say("  log " + history.id() + " " + history.name() + " " + history.status() + " decided "
                + firstWords(history.decision()));
        for (StepHistory step : history.steps()) {
            Trace.say("    " + step.number() + " " + step.name() + " at " + step.resource() + " " + step.status()
                    + " after " + step.compensationAttempts() + " attempts to undo it " + firstWords(step.failure()));
        }
    }

    /** The rest of a reason is a message, which may tell threads and times. */
    private static String firstWords(@Nullable String text) {
        return Stream.of(String.valueOf(text).split(" "))
                .limit(3)
                .collect(Collectors.joining(" "))
                .strip();
    }
}
