/**
 * What calls cost: one that has nothing to do, on each way into dtx, and a step. Start reading at
 * {@link io.dtx.benchmarks.call.SupportsCall}.
 */
@NullMarked
package io.dtx.benchmarks.call;

import org.jspecify.annotations.NullMarked;
