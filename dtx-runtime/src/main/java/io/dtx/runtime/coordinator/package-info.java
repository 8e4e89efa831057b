/**
 * The coordinator: the state that the log makes, and what drives it. Applying entries is pure and single-threaded; start at
 * {@link io.dtx.runtime.coordinator.CoordinatorState}. It depends on the protocol, the log's port and the participants' port.
 */
@NullMarked
package io.dtx.runtime.coordinator;

import org.jspecify.annotations.NullMarked;
