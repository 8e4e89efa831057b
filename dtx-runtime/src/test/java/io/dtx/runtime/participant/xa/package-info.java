/** Tests of two-phase commit at its seams: the store, the guard of a branch, the rule that ends what is in doubt, the probe. */
@NullMarked
package io.dtx.runtime.participant.xa;

import org.jspecify.annotations.NullMarked;
