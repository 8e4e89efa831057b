/**
 * Campaigns: the tests that bring real faults, run one after the other for as long as one wishes, and counted in one table.
 *
 * <pre>{@code
 * ./mvnw -Pcampaign verify -Ddtx.minutes=30
 * }</pre>
 *
 * <p>Each fault gets its share of the minutes, and at least one round: a JVM of its own that runs its tests once, with a seed of
 * its own. {@code -Ddtx.campaign=kill,partition} takes those whose names have one of the words, {@code -Ddtx.seed=N} repeats the
 * seeds of a run. Tests say what they have tried with {@link io.dtx.runtime.campaign.Tally}; nothing here knows a fault
 * itself. Start at {@link io.dtx.runtime.campaign.RealFault}, which lists them.
 */
@NullMarked
package io.dtx.runtime.campaign;

import org.jspecify.annotations.NullMarked;
