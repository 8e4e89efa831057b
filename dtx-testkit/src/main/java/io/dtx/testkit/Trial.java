package io.dtx.testkit;

/** Calls the application under test: one orchestrating method, in the same way each time. */
@FunctionalInterface
public interface Trial<T> {

    /** Calls it; may throw whatever it throws. */
    void run(T application) throws Exception;
}
