package io.dtx.testkit;

/** Makes the application under test, and its tables, in a fresh test kit. */
@FunctionalInterface
public interface Creation<T> {

    /** Returns what to call. */
    T create(TestDtx dtx) throws Exception;
}
