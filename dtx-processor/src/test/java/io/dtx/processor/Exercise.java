package io.dtx.processor;

/** A class of a program under {@code good/} that uses the program's generated code, and asserts what it does. */
public interface Exercise {

    /** Runs. */
    void run(RecordingGateway gateway) throws Throwable;
}
