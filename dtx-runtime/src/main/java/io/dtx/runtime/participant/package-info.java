/**
 * What takes part in a transaction, as gateway and action driver see it: start at
 * {@link io.dtx.runtime.participant.GuardedResource}. It knows dtx-api only; implementations are in the packages below.
 */
@NullMarked
package io.dtx.runtime.participant;

import org.jspecify.annotations.NullMarked;
