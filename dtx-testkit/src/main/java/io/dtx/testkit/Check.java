package io.dtx.testkit;

/** Says what must hold of the application's data at the end of a run, whatever happened in it. */
@FunctionalInterface
public interface Check {

    /** Throws if it does not hold. */
    void check(Ending ending) throws Exception;
}
