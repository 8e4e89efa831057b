package io.dtx.benchmarks;

import io.dtx.benchmarks.load.Duelled;
import io.dtx.benchmarks.load.Measured;
import io.dtx.benchmarks.load.Spread;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Prints tables for people. Figures are medians over turns; a ratio is the median of the ratios of neighbouring turns. */
final class Report {

    private static final String ROW = "%8s  %-14s %10s %10s %10s %12s %12s%n";

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void machine(Path directory) throws IOException {
        print(
                "JDK %s, %d processors, load average %.1f, %s on %s%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                        .getSystemLoadAverage(),
                Files.getFileStore(directory).type(),
                Files.getFileStore(directory).name());
    }

    void title(String title, String explanation) {
        print("%n%s%n%s%n", title, explanation);
    }

    void columns() {
        columns("saga");
    }

    /** Prints the head of a table of something else than sagas. */
    void columns(String unit) {
        print("%n" + ROW, "callers", "", unit + "s/s", "p50 µs", "p99 µs", "forces/" + unit, "CPU µs/" + unit);
    }

    /** Prints both contenders under one load and their ratios. */
    void duel(Duelled duel) {
        for (Measured each : List.of(duel.contender(), duel.yardstick())) {
            print(
                    ROW,
                    duel.callers(),
                    each.name(),
                    whole(each.perSecond()),
                    whole(each.micros(50)),
                    whole(each.micros(99)),
                    String.format(Locale.ROOT, "%.3f", each.forces()),
                    whole(each.cpuMicros()));
        }
        ratio("throughput", duel.throughput());
        ratio("p50", duel.median());
        for (Measured each : List.of(duel.contender(), duel.yardstick())) {
            line("audit of " + each.name() + ": " + each.audit().verdict());
        }
    }

    private void ratio(String what, Spread ratio) {
        line(String.format(
                Locale.ROOT,
                "ratio of %s: %.2f (%.2f to %.2f in %d pairs of turns)",
                what,
                ratio.median(),
                ratio.least(),
                ratio.greatest(),
                ratio.trials()));
    }

    /** Prints how a figure stands to what it should be. */
    void goal(String what, double figure, boolean reached, String goal) {
        line(String.format(Locale.ROOT, "%s: %s = %.2f, goal %s", reached ? "reached" : "MISSED", what, figure, goal));
    }

    void line(String text) {
        print("%10s%s%n", "", text);
    }

    private void print(String format, Object... values) {
        out.printf(Locale.ROOT, format, values);
        out.flush();
    }

    private static String whole(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }
}
