/**
 * Sagas of three local transactions on PostgreSQL: on dtx, and beside it on the saga table that a careful engineer writes by
 * hand. Start reading at {@link io.dtx.benchmarks.postgres.HandWrittenSagas}.
 */
@NullMarked
package io.dtx.benchmarks.postgres;

import org.jspecify.annotations.NullMarked;
