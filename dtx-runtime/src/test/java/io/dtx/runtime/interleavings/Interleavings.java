package io.dtx.runtime.interleavings;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;

/** How far Lincheck goes: two threads of three calls each, and what comes before and after them. */
public final class Interleavings {

    private static final int SCENARIOS = Integer.getInteger("dtx.lincheck.scenarios", 6);

    private Interleavings() {}

    /** Tries up to 300 interleavings of each scenario. */
    public static ModelCheckingOptions options() {
        return new ModelCheckingOptions()
                .iterations(SCENARIOS)
                .invocationsPerIteration(300)
                .threads(2)
                .actorsPerThread(3)
                .minimizeFailedScenario(false);
    }

    /** As {@link #options}, where answers may be anything: what must hold is asked when both threads have ended. */
    public static ModelCheckingOptions checksAtTheEnd() {
        return options().actorsAfter(0).verifier(EpsilonVerifier.class);
    }
}
