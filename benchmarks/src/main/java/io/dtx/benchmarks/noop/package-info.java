/**
 * Sagas on dtx whose steps do nothing: what dtx itself costs. Start reading at {@link io.dtx.benchmarks.noop.NoOpSaga}.
 */
@NullMarked
package io.dtx.benchmarks.noop;

import org.jspecify.annotations.NullMarked;
