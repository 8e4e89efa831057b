package io.dtx.benchmarks.call;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What one call costs.
 *
 * @param nanos the mean
 * @param error half the width of its 99.9 % confidence interval
 * @param bytes what is allocated for it, by any thread
 */
public record Cost(double nanos, double error, double bytes) {

    private static final int FORKS = 3;
    private static final int ITERATIONS = 10;
    private static final int ITERATIONS_QUICK = 4;
    private static final TimeValue ITERATION = TimeValue.milliseconds(300);
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /** Measures the methods of a benchmark in forks; by their names. */
    public static Map<String, Cost> measure(Class<?> benchmark, boolean quick) throws RunnerException {
        int iterations = quick ? ITERATIONS_QUICK : ITERATIONS;
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("^" + benchmark.getName() + "\\.")
                        .forks(quick ? 1 : FORKS)
                        .warmupIterations(iterations)
                        .warmupTime(ITERATION)
                        .measurementIterations(iterations)
                        .measurementTime(ITERATION)
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        Map<String, Cost> costs = new TreeMap<>();
        for (RunResult each : results) {
            String method = each.getParams().getBenchmark();
            costs.put(method.substring(method.lastIndexOf('.') + 1), of(each));
        }
        return costs;
    }

    private static Cost of(RunResult result) {
        Result<?> time = result.getPrimaryResult();
        String allocated = result.getSecondaryResults().keySet().stream()
                .filter(each -> each.endsWith(ALLOCATED)) // some versions put a dot before it
                .findFirst()
                .orElseThrow();
        double bytes = Objects.requireNonNull(result.getSecondaryResults().get(allocated))
                .getScore();
        return new Cost(time.getScore(), time.getScoreError(), bytes);
    }
}
