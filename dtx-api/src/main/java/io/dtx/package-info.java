/**
 * What an application sees of dtx: the annotations {@link io.dtx.DistributedTransaction} and {@link io.dtx.SagaStep}, the
 * contexts of running calls, the statuses, and the exceptions. It depends on nothing; start at
 * {@link io.dtx.DistributedTransaction}.
 */
@NullMarked
package io.dtx;

import org.jspecify.annotations.NullMarked;
