package io.dtx.runtime.simulation.kernel;

/** The history cannot go on: everybody waits for ever, nobody ever waits, or it does not end. */
public final class SimulationError extends RuntimeException {

    private static final long serialVersionUID = 1;

    SimulationError(String message) {
        super(message);
    }
}
