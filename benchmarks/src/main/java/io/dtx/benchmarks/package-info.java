/**
 * Whole-system measurements of dtx, each beside a yardstick in the same run; never published. This package only reads the
 * command line, calls the others and prints. Start reading at {@link io.dtx.benchmarks.Benchmarks}.
 */
@NullMarked
package io.dtx.benchmarks;

import org.jspecify.annotations.NullMarked;
