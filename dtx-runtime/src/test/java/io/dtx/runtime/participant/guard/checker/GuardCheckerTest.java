package io.dtx.runtime.participant.guard.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * At most one committed effect per step and direction, no effect after its tombstone or compensation, no lost compensation and
 * none without an effect: in all schedules of each pair of actors with at most {@code dtx.checker.switches} switches; and the
 * same checker finds the break when a rule is taken out.
 */
class GuardCheckerTest {

    private static final int SWITCHES = Integer.getInteger("dtx.checker.switches", 1);
    private static final int RUNS = Integer.getInteger("dtx.checker.runs", 100_000);

    @TestFactory
    Stream<DynamicTest> every_pair_of_actors_keeps_the_invariants() {
        return Level.chosen()
                .map(level -> dynamicTest(level.title(), () -> {
                    try (World world = level.open()) {
                        long begin = System.nanoTime();
                        int runs = 0;
                        List<Scenario> scenarios = Scenario.kept(level);
                        for (Scenario each : scenarios) {
                            GuardChecker.Report report =
                                    new GuardChecker(world).check(each, TakenOut.NOTHING, SWITCHES, RUNS);
                            assertEquals("", report.violation());
                            assertTrue(report.interleavings() > 2, each + " was hardly run");
                            runs += report.interleavings();
                        }
                        System.out.printf(
                                "guard checker: %s: %d interleavings with at most %d switches in %d scenarios, clean, %d ms%n",
                                level.title(),
                                runs,
                                SWITCHES,
                                scenarios.size(),
                                (System.nanoTime() - begin) / 1_000_000);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> every_rule_that_is_taken_out_breaks_something() {
        return Level.chosen()
                .map(level -> dynamicTest(level.title(), () -> {
                    try (World world = level.open()) {
                        StringBuilder found = new StringBuilder();
                        for (TakenOut each : TakenOut.values()) {
                            if (each.appliesTo(level)) {
                                GuardChecker.Report report =
                                        new GuardChecker(world).check(each.scenario, each, 2, RUNS);
                                assertFalse(report.violation().isEmpty(), level.title() + " does not need " + each);
                                found.append(' ').append(each).append('=').append(report.interleavings());
                            }
                        }
                        System.out.printf(
                                "guard checker: %s: interleavings until a break is found:%s%n", level.title(), found);
                    }
                }));
    }
}
