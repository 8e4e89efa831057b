package io.dtx.runtime.campaign;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * A process that runs some tests once and says what they have tried, on its last line. Tests that show that a checker bites are left
 * out: what they find is planted.
 */
final class Round {

    /** Begins the last line: trials, effective trials, checks that failed, and perhaps why there was none. */
    static final String WORD = "ROUND";

    private static final List<String> PLANTED =
            List.of("the_test_notices", "the_audit_notices", "the_check_notices", "a_member_that_lies");

    private Round() {}

    /** Runs the tests of classes, {@code package.Class}, or of some of their methods, {@code package.Class#one,other}. */
    public static void main(String[] tests) {
        List<DiscoverySelector> classes = new ArrayList<>();
        for (String each : tests) {
            classes.add(DiscoverySelectors.selectClass(each.split("#")[0]));
        }
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(classes)
                .filters((PostDiscoveryFilter) test -> test.getSource()
                        .filter(MethodSource.class::isInstance)
                        .map(source -> FilterResult.includedIf(isMeant(tests, (MethodSource) source)))
                        .orElse(FilterResult.included("")))
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        summary.printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8), 100);
        long failed = summary.getTotalFailureCount()
                + (summary.getTestsSucceededCount() == 0 && Tally.skipped() == null ? 1 : 0);
        System.out.println(WORD + " " + Tally.trials() + " " + Tally.effective() + " " + failed
                + (Tally.skipped() == null ? "" : " " + Tally.skipped()));
        System.exit(failed == 0 ? 0 : 1);
    }

    private static boolean isMeant(String[] tests, MethodSource source) {
        String method = source.getMethodName();
        return PLANTED.stream().noneMatch(method::startsWith)
                && Arrays.stream(tests)
                        .filter(each -> each.split("#")[0].equals(source.getClassName()))
                        .anyMatch(each -> !each.contains("#")
                                || List.of(each.split("#")[1].split(",")).contains(method));
    }
}
