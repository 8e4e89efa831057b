/**
 * The protocol, pure: what the log says ({@link io.dtx.runtime.protocol.LogCommand}), what a transaction and a session are,
 * and how one becomes the next. No clock, thread, randomness or I/O; java.lang, java.util and the value types of dtx-api only.
 * Start at {@code TransactionStateMachine}.
 */
@NullMarked
package io.dtx.runtime.protocol;

import org.jspecify.annotations.NullMarked;
