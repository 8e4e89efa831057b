/**
 * What the code under simulation gets instead of threads, locks, queues, futures, clocks and random numbers, and the class loader
 * that puts it there. One strand runs at a time; at every point where others could come between, the seed decides who goes on. Time
 * is virtual, and jumps when nobody can run. It knows nothing of dtx. Start at {@link
 * io.dtx.runtime.simulation.kernel.Kernel}, then see {@link io.dtx.runtime.simulation.kernel.SimulatedLoader}.
 */
@NullMarked
package io.dtx.runtime.simulation.kernel;

import org.jspecify.annotations.NullMarked;
