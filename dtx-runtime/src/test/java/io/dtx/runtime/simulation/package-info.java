/**
 * Deterministic simulation: the unmodified classes of the product run under a scheduler that a seed drives, over simulated logs,
 * receivers and processes that fail in every way that their contracts allow. One seed is one history, the same on every run.
 *
 * <p>{@link io.dtx.runtime.simulation.Simulation} runs histories from outside and makes failing ones smaller; {@link
 * io.dtx.runtime.simulation.World} is what is inside, loaded by the class loader of {@code kernel}, which exchanges threads, locks
 * and clocks: read that one first. A campaign:
 *
 * <pre>{@code
 * ./mvnw verify -pl dtx-runtime -am -Dtest='SimulationTest' -Dsurefire.failIfNoSpecifiedTests=false -Ddtx.simulation.minutes=60
 * }</pre>
 */
@NullMarked
package io.dtx.runtime.simulation;

import org.jspecify.annotations.NullMarked;
