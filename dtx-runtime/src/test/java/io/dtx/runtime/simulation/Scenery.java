package io.dtx.runtime.simulation;

import io.dtx.runtime.simulation.kernel.Kernel;
import java.util.List;
import java.util.Map;

/**
 * What is around all processes of a history.
 *
 * @param stores what takes part in ATOMIC transactions; empty: there are none
 * @param config what their configurations have in common
 */
record Scenery(
        Kernel kernel,
        Faults faults,
        Effects effects,
        Receivers receivers,
        SimulatedDatabase bank,
        List<XaStore> stores,
        Map<String, String> config) {}
