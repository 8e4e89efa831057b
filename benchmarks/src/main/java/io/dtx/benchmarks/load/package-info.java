/**
 * Closed-loop load: callers that start the next saga when the last one has ended, contenders that take turns, ledgers that
 * count what happened to every saga. Knows nothing of dtx. Start reading at {@link io.dtx.benchmarks.load.Duel}.
 */
@NullMarked
package io.dtx.benchmarks.load;

import org.jspecify.annotations.NullMarked;
