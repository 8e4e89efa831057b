package io.dtx.runtime.participant;

import io.dtx.TransactionId;

/**
 * One attempt at one step, or at its compensation.
 *
 * @param transaction whose step
 * @param step its {@link io.dtx.runtime.protocol.StepNumber}
 * @param name its name, for messages
 * @param attempt which attempt, from 1
 * @param session the session that makes the attempt
 * @param deadlineNanos when the attempt must have ended, as {@link System#nanoTime()}
 */
public record StepCall(
        TransactionId transaction, long step, String name, int attempt, long session, long deadlineNanos) {}
