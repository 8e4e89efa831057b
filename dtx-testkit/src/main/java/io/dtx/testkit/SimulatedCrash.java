package io.dtx.testkit;

/**
 * Ends a call whose process the test has let die: nothing that it does from then on reaches log or databases. It is an
 * {@link Error} so that the code under test does not take it for a failure of its own.
 */
public final class SimulatedCrash extends Error {

    private static final long serialVersionUID = 1;

    SimulatedCrash(String where) {
        super("the process died " + where);
    }
}
