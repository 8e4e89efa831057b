package io.dtx.runtime.coordinator;

import java.time.Duration;

/**
 * What bounds the state. All members of a log must have the same limits: they are part of what an entry means.
 *
 * @param openBytesMax above it, counted over the transactions that are not final nor parked, none begins
 * @param parkedBytesMax above it, counted over the parked transactions, none begins
 * @param retainedBytesMax above it, counted over the final transactions, the oldest of them leave early
 * @param transactionBytesMax what one transaction may hold; a step that would exceed it does not start
 * @param retentionMillis how long a final transaction, or a session that ended, stays
 */
public record Limits(
        long openBytesMax, long parkedBytesMax, long retainedBytesMax, long transactionBytesMax, long retentionMillis) {

    private static final long MIB = 1 << 20;

    /** For a process alone with its log: 1 GiB open, 256 MiB parked, 64 MiB retained for 10 minutes. */
    public static final Limits DEFAULT = new Limits(
            1024 * MIB, 256 * MIB, 64 * MIB, 16 * MIB, Duration.ofMinutes(10).toMillis());

    /** Returns the step in which retention looks at the time, so that an idle log is not woken for every one that leaves. */
    long retentionStepMillis() {
        return Math.max(1, retentionMillis / 60);
    }
}
