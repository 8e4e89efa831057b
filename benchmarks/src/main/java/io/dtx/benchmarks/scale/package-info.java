/**
 * How the embedded log grows and how fast it is read again, with millions of transactions. It speaks to the coordinator below the
 * annotations, so that a run takes minutes. Start at {@link io.dtx.benchmarks.scale.LogScale}.
 */
@NullMarked
package io.dtx.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
