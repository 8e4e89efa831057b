package io.dtx.runtime.coordinator;

import io.dtx.TransactionId;
import io.dtx.runtime.protocol.TransactionState;
import java.util.function.Supplier;

/**
 * A transaction that was over and has left the state.
 *
 * @param id its name
 * @param bytes what it counted as
 * @param alone whether its own session ran all of its steps
 * @param transaction reads what it last was
 */
record Departed(TransactionId id, long bytes, boolean alone, Supplier<TransactionState> transaction) {}
