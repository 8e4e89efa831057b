package io.dtx.testkit;

/** What a step or compensation throws because the test has ordered it. */
public final class InjectedFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    InjectedFailure(String where) {
        super("ordered by the test: a failure " + where);
    }
}
