/**
 * Guarded resources over JDBC: local transactions that end with a guard row. Start at
 * {@link io.dtx.runtime.participant.guard.JdbcResource}; {@code Dialect} holds every statement, {@code LocalTransaction} is
 * one transaction from its first statement to its end. It may depend on java.sql, dtx-api and the port in the package above.
 */
@NullMarked
package io.dtx.runtime.participant.guard;

import org.jspecify.annotations.NullMarked;
