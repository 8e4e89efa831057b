package io.dtx.runtime.participant.guard.checker;

import java.util.List;

/** Runs a scenario through its schedules and says what broke. */
final class GuardChecker {

    private final World world;

    GuardChecker(World world) {
        this.world = world;
    }

    /**
     * What came out.
     *
     * @param violation the first one, with its schedule; empty if there is none
     */
    record Report(int interleavings, String violation) {}

    /**
     * Runs schedules until one breaks an invariant.
     *
     * @param switchesMax how often a schedule switches away from an actor that could go on
     * @param runsMax how many schedules at most
     */
    Report check(Scenario scenario, TakenOut rule, int switchesMax, int runsMax) {
        int runs = 0;
        for (int turn = 0; turn <= 1; turn++) {
            int first = turn ^ rule.begins();
            Explorer explorer = new Explorer(switchesMax);
            do {
                explorer.begin(first);
                String violation = runOnce(scenario, rule, explorer);
                runs++;
                if (!violation.isEmpty()) {
                    return new Report(
                            runs, scenario + ", " + rule + ", schedule " + first + explorer + ": " + violation);
                }
            } while (explorer.next() && runs < runsMax);
        }
        return new Report(runs, "");
    }

    private String runOnce(Scenario scenario, TakenOut rule, Explorer explorer) {
        Run run = new Run(world);
        run.prepare(rule.ownersRowBefore);
        if (scenario.committedBefore) {
            run.forward(1);
        }
        Actor first = new Actor(rule.rewriteFirst(), () -> {
            if (!rule.ownersRowBefore) {
                run.openSession(Run.OWNER);
            }
            scenario.first.accept(run);
        });
        Actor second = new Actor(rule.rewriteSecond(), () -> scenario.second.accept(run));
        world.run(explorer, first, second);
        for (Actor each : List.of(first, second)) {
            Throwable failure = each.failure();
            run.expect(failure == null, "an actor failed: " + failure);
        }
        run.rest(scenario.mustCompensate);
        List<String> broken = run.verdict();
        return broken.isEmpty() ? "" : broken + " after " + run;
    }
}
