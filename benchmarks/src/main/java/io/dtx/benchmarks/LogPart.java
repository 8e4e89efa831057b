package io.dtx.benchmarks;

import io.dtx.benchmarks.load.Contender;
import io.dtx.benchmarks.load.Duel;
import io.dtx.benchmarks.load.Duelled;
import io.dtx.benchmarks.load.Measured;
import io.dtx.benchmarks.load.Spread;
import io.dtx.benchmarks.log.IdealSagas;
import io.dtx.benchmarks.log.Payloads;
import io.dtx.benchmarks.log.RawForce;
import io.dtx.benchmarks.noop.NoOpSagas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** No-op sagas on the embedded log, beside the ideal log. */
final class LogPart {

    private static final int GOAL_CALLERS = 64;
    private static final int RAW_TRIALS = 3;
    private static final long RAW_NANOS = 300_000_000;

    private final Options options;
    private final Path directory;
    private final Report report;

    LogPart(Options options, Path directory, Report report) {
        this.options = options;
        this.directory = directory;
        this.report = report;
    }

    boolean run() throws Exception {
        int[] bytes =
                Payloads.ofSaga("NoOpSaga.run", List.of("NoOpSteps.first", "NoOpSteps.second", "NoOpSteps.third"));
        report.title(
                "Sagas of three steps that do nothing: dtx.log=file beside an ideal group-commit log",
                "Both wait for four appends of " + Arrays.toString(bytes) + " bytes for each saga, in turns.");
        boolean right = true;
        for (int callers : options.callers()) {
            right &= run(callers, bytes);
        }
        return right;
    }

    private boolean run(int callers, int[] bytes) throws Exception {
        Path ours = Files.createDirectory(directory.resolve("dtx-" + callers));
        Path theirs = Files.createDirectory(directory.resolve("ideal-" + callers));
        Duelled duel;
        try (Contender dtx = NoOpSagas.embedded(ours, callers);
                Contender ideal = IdealSagas.embedded(theirs, callers, bytes)) {
            duel = Duel.run(dtx, ideal, callers, options.pairs(), options.turnNanos());
        }
        report.columns();
        report.duel(duel);
        forces(duel.yardstick(), bytes, theirs);
        goals(duel);
        Workplace.delete(ours);
        Workplace.delete(theirs);
        return duel.isRight();
    }

    /** A slow yardstick would be no yardstick: it must force about as often as the bare disk takes the same bytes. */
    private void forces(Measured ideal, int[] bytes, Path where) throws IOException {
        double appendsPerForce = bytes.length / ideal.forces();
        int batchBytes = (int) (appendsPerForce * Arrays.stream(bytes).average().orElseThrow());
        double[] trials = new double[RAW_TRIALS];
        for (int trial = 0; trial < RAW_TRIALS; trial++) {
            trials[trial] = RawForce.perSecond(where, batchBytes, RAW_NANOS);
        }
        Spread raw = Spread.of(trials);
        report.line(String.format(
                Locale.ROOT,
                "ideal log: %,.0f forces/s of %.1f appends; bare fdatasync of %d bytes: %,.0f/s (%,.0f to %,.0f)",
                ideal.forces() * ideal.perSecond(),
                appendsPerForce,
                batchBytes,
                raw.median(),
                raw.least(),
                raw.greatest()));
    }

    private void goals(Duelled duel) {
        if (duel.callers() == 1) {
            double p50 = duel.median().median();
            report.goal("p50 at 1 caller / ideal", p50, p50 <= 1.5, "at most 1.50, better 1.30");
        }
        if (duel.callers() == GOAL_CALLERS) {
            double throughput = duel.throughput().median();
            report.goal(
                    "throughput at 64 callers / ideal", throughput, throughput >= 0.5, "at least 0.50, better 0.70");
        }
    }
}
