package io.dtx.benchmarks;

import io.dtx.benchmarks.call.CallCost;
import java.util.Locale;

/** What a woven method costs that has nothing to do. */
final class CallPart {

    private final Options options;
    private final Report report;

    CallPart(Options options, Report report) {
        this.options = options;
        this.report = report;
    }

    boolean run() throws Exception {
        report.title(
                "A SUPPORTS method called outside a transaction, beside a plain call",
                "JMH, average time in forks of their own.");
        CallCost cost = CallCost.measure(options.isQuick());
        report.line(String.format(
                Locale.ROOT,
                "plain %.2f ± %.2f ns, woven %.2f ± %.2f ns",
                cost.plainNanos(),
                cost.plainError(),
                cost.wovenNanos(),
                cost.wovenError()));
        double over = cost.wovenNanos() - cost.plainNanos();
        report.goal("nanoseconds over plain", over, over <= 1.5, "at most 1.50");
        return true;
    }
}
