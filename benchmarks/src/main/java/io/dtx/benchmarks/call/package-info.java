/**
 * What a woven method costs when there is nothing to do. Start reading at {@link io.dtx.benchmarks.call.SupportsCall}.
 */
@NullMarked
package io.dtx.benchmarks.call;

import org.jspecify.annotations.NullMarked;
