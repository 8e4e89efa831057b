/**
 * What dtx costs, measured beside what it could cost at best, in the same run.
 */
@NullMarked
package io.dtx.benchmarks;

import org.jspecify.annotations.NullMarked;
