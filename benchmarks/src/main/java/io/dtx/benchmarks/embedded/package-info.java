/**
 * Sagas on dtx whose steps do nothing: what dtx itself costs. Start reading at {@link io.dtx.benchmarks.embedded.NoOpSaga}.
 */
@NullMarked
package io.dtx.benchmarks.embedded;

import org.jspecify.annotations.NullMarked;
