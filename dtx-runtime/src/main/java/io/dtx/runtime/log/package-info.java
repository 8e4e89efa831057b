/**
 * The port of the coordinator log, {@link io.dtx.runtime.log.CoordinatorLog}, the bytes of its entries, and what drives and
 * is driven: start at the port. It depends on the protocol's records only; implementations are in the packages below.
 */
@NullMarked
package io.dtx.runtime.log;

import org.jspecify.annotations.NullMarked;
