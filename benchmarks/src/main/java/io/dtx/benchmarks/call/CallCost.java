package io.dtx.benchmarks.call;

import java.util.Collection;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The result of {@link SupportsCall}: means with the half-width of their 99.9 % confidence intervals. */
public record CallCost(double plainNanos, double plainError, double wovenNanos, double wovenError) {

    private static final int FORKS = 3;
    private static final int ITERATIONS = 10;
    private static final int ITERATIONS_QUICK = 4;
    private static final TimeValue ITERATION = TimeValue.milliseconds(300);

    /** Measures in forks. */
    public static CallCost measure(boolean quick) throws RunnerException {
        int iterations = quick ? ITERATIONS_QUICK : ITERATIONS;
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("^" + SupportsCall.class.getName() + "\\.")
                        .forks(quick ? 1 : FORKS)
                        .warmupIterations(iterations)
                        .warmupTime(ITERATION)
                        .measurementIterations(iterations)
                        .measurementTime(ITERATION)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        Result<?> plain = of("plain", results);
        Result<?> woven = of("woven", results);
        return new CallCost(plain.getScore(), plain.getScoreError(), woven.getScore(), woven.getScoreError());
    }

    private static Result<?> of(String method, Collection<RunResult> results) {
        return results.stream()
                .filter(each -> each.getParams().getBenchmark().endsWith("." + method))
                .findAny()
                .orElseThrow()
                .getPrimaryResult();
    }
}
