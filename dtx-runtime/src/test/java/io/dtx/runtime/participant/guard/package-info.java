/**
 * Guarded resources on real databases: one contract, run on each; a checker that pauses actors at every statement; directed
 * tests for what databases do differently. Start at {@link io.dtx.runtime.participant.guard.GuardContract}.
 */
@NullMarked
package io.dtx.runtime.participant.guard;

import org.jspecify.annotations.NullMarked;
