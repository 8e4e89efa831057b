/**
 * Crash tests: sagas of three steps over three real databases, in JVMs that are killed, paused and cut off at every point of the
 * protocol, and judged afterwards from the databases and the log alone. It uses the runtime as an application does, with its data
 * sources and its log wrapped.
 *
 * <p>By default each kind of point is met once. All points, and more kills at random moments:
 *
 * <pre>{@code
 * ./mvnw verify -pl dtx-runtime -am -Dtest='io.dtx.runtime.crash.*' -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dcrash.all=true -Dcrash.kills=200
 * }</pre>
 *
 * <p>A line {@code CRASH ...} for each series says how many processes died, how many of them where they should, and how many
 * promises were found broken; {@code -Dcrash.seed=...} repeats the random moments of a run. Start at
 * {@link io.dtx.runtime.crash.SagaAudit}, which says what must hold, and {@link io.dtx.runtime.crash.Points}, which says where
 * something happens.
 */
@NullMarked
package io.dtx.runtime.crash;

import org.jspecify.annotations.NullMarked;
