package io.dtx.runtime.simulation;

import io.dtx.runtime.simulation.kernel.Kernel;
import java.util.Map;

/**
 * What is around all processes of a history.
 *
 * @param config what their configurations have in common
 */
record Scenery(
        Kernel kernel,
        Faults faults,
        Effects effects,
        Receivers receivers,
        SimulatedDatabase bank,
        Map<String, String> config) {}
