/**
 * What a coordinator log is measured by: an ideal group-commit log, and the bare disk. Uses the codec of dtx, to write as many
 * bytes as dtx does. Start reading at {@link io.dtx.benchmarks.log.IdealSagas}.
 */
@NullMarked
package io.dtx.benchmarks.log;

import org.jspecify.annotations.NullMarked;
