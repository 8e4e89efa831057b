package io.dtx.benchmarks;

import io.dtx.benchmarks.load.Spread;
import io.dtx.benchmarks.noop.FirstTransaction;
import java.nio.file.Path;
import java.util.Locale;

/** How long it takes from the beginning of {@code start()} to the end of the first transaction, in fresh processes. */
final class StartPart {

    private static final int FORKS = 11;
    private static final int FORKS_QUICK = 3;

    private final Options options;
    private final Path directory;
    private final Report report;

    StartPart(Options options, Path directory, Report report) {
        this.options = options;
        this.directory = directory;
        this.report = report;
    }

    boolean run() throws Exception {
        report.title(
                "The first transaction",
                "From the beginning of start() to the end of a saga of three no-op steps: a fresh process, a log that exists.");
        Path log = directory.resolve("start");
        FirstTransaction.millisInFork(log); // makes the log, and warms the disk
        double[] millis = new double[options.isQuick() ? FORKS_QUICK : FORKS];
        for (int fork = 0; fork < millis.length; fork++) {
            millis[fork] = FirstTransaction.millisInFork(log);
        }
        Spread spread = Spread.of(millis);
        report.line(String.format(
                Locale.ROOT,
                "%.0f ms (%.0f to %.0f in %d processes)",
                spread.median(),
                spread.least(),
                spread.greatest(),
                spread.trials()));
        report.goal("milliseconds", spread.median(), spread.median() <= 700, "at most 700");
        return true;
    }
}
