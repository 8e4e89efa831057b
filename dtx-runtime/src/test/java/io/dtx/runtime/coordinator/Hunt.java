package io.dtx.runtime.coordinator;

import java.util.List;

/** Looks for a violation; what is called in the loader of a mutated product, with plain types only. */
public final class Hunt {

    private static final long STATES_MAX = 300_000;

    private Hunt() {}

    /**
     * Searches a world.
     *
     * @return what was found and after how many states; without a violation it begins with "nothing"
     */
    public static String search(String world, String bug) {
        if (world.equals("DIRECTED")) {
            return directed();
        }
        ModelBug[] bugs = bug.isEmpty() ? new ModelBug[0] : new ModelBug[] {ModelBug.valueOf(bug)};
        TransitionCoverage coverage = new TransitionCoverage();
        Explorer.Result result = world.equals("ATOMIC")
                ? new Explorer<AtomicWorld>(STATES_MAX).explore(new AtomicModel(coverage, bugs).start())
                : new Explorer<SagaWorld>(STATES_MAX)
                        .explore(new SagaModel(SagaBounds.parse(world, world), coverage, bugs).start());
        return result.violation() == null
                ? "nothing in " + result.states() + " states"
                : result.violation() + " (" + result.states() + " states, "
                        + result.trace().size() + " steps)";
    }

    private static String directed() {
        List<String> found = DirectedChecks.violations();
        return found.isEmpty()
                ? "nothing in " + DirectedChecks.COUNT + " directed checks"
                : found.get(0) + " (directed)";
    }
}
