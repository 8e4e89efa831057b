package io.dtx.runtime.protocol;

import io.dtx.TransactionId;

/**
 * Something that the state is due to do in the world: compensate a step (or, for step 0, enter the orchestrating method
 * again). Pending until a session claims it for one attempt.
 *
 * @param transaction whose step
 * @param step its number; 0 for a re-entry
 * @param attempt the number that the next claim carries, from 1
 */
public record Action(TransactionId transaction, long step, int attempt) {}
