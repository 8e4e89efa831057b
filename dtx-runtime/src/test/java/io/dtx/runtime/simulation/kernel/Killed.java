package io.dtx.runtime.simulation.kernel;

/** Unwinds a strand whose process has been killed: it is thrown at every point that the strand still comes to. */
public final class Killed extends Error {

    private static final long serialVersionUID = 1;

    Killed() {
        super("killed", null, false, false);
    }
}
