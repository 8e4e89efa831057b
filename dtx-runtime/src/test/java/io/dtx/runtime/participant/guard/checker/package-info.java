/**
 * Steps pairs of actors through interleavings of their statements on real databases, and judges what is committed. The
 * statements are the product's own; a rule is taken out by rewriting them on their way to the driver. Start at
 * {@link io.dtx.runtime.participant.guard.checker.GuardCheckerTest}.
 */
@NullMarked
package io.dtx.runtime.participant.guard.checker;

import org.jspecify.annotations.NullMarked;
