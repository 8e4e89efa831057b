package io.dtx.benchmarks;

import io.dtx.benchmarks.call.Cost;
import io.dtx.benchmarks.call.StepCall;
import io.dtx.benchmarks.call.SupportsCall;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What a woven method costs that has nothing to do, and what a step costs beside its encoding and the log. */
final class CallPart {

    private static final double CALL_NANOS = 1.5;
    private static final double STEP_NANOS = 300;
    private static final double STEP_BYTES = 300;
    private static final double NOTHING = 0.01; // bytes per call: what the harness allocates, divided by its calls

    private final Options options;
    private final Report report;

    CallPart(Options options, Report report) {
        this.options = options;
        this.report = report;
    }

    boolean run() throws Exception {
        report.title(
                "A SUPPORTS method called outside a transaction, beside a plain call",
                "JMH, average time in forks of their own, and bytes allocated per call.");
        Map<String, Cost> calls = Cost.measure(SupportsCall.class, options.isQuick());
        calls.forEach(this::line);
        Cost plain = cost(calls, "plain");
        over("subclass", cost(calls, "subclass"), plain, CALL_NANOS, NOTHING);
        over("bytecode", cost(calls, "bytecode"), plain, CALL_NANOS, NOTHING);
        report.title(
                "A step inside a transaction on the memory log, beside its encoding and commands by hand",
                "JMH, a step of twenty, and bytes allocated by any thread.");
        Map<String, Cost> steps = Cost.measure(StepCall.class, options.isQuick());
        steps.forEach(this::line);
        over("a step", cost(steps, "subclass"), cost(steps, "byHand"), STEP_NANOS, STEP_BYTES);
        return true;
    }

    private static Cost cost(Map<String, Cost> costs, String name) {
        return Objects.requireNonNull(costs.get(name), name);
    }

    private void line(String name, Cost cost) {
        report.line(String.format(
                Locale.ROOT, "%-11s %8.2f ± %.2f ns %8.1f B", name, cost.nanos(), cost.error(), cost.bytes()));
    }

    private void over(String what, Cost cost, Cost base, double nanosMax, double bytesMax) {
        double nanos = cost.nanos() - base.nanos();
        double bytes = cost.bytes() - base.bytes();
        report.goal(what + ", nanoseconds more", nanos, nanos <= nanosMax, "at most " + nanosMax);
        report.goal(what + ", bytes more", bytes, bytes <= bytesMax, "at most " + bytesMax);
    }
}
