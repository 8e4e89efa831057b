package io.dtx.runtime;

import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transaction and what has happened to it, for people. Times are by the wall clock; nothing is decided by them.
 *
 * @param id its id
 * @param name its name
 * @param status where it stands
 * @param began when its first step's intent became durable
 * @param decision how and why it was decided; null while it is not
 * @param decided when it was decided; null while it is not
 * @param resolution how and why an operator closed it; null if none did
 * @param ended when the last of it was done; null before
 * @param steps in the order of their starts
 */
public record TransactionHistory(
        TransactionId id,
        String name,
        TransactionStatus status,
        Instant began,
        @Nullable String decision,
        @Nullable Instant decided,
        @Nullable String resolution,
        @Nullable Instant ended,
        List<StepHistory> steps) {

    /** Takes a copy of the list. */
    public TransactionHistory {
        steps = List.copyOf(steps);
    }

    /** Returns a table: a line for the transaction, one for each step, one for the resolution. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(256);
        out.append(String.format("%s  %s  %s  began %s%n", id, name, status, began));
        if (decision != null) {
            out.append(String.format("  decided %s  %s%n", decided, decision));
        }
        for (StepHistory each : steps) {
            String where = each.resource() == null ? "external" : each.resource();
            out.append(String.format("  %-6s %-32s %-12s %-12s", each.number(), each.name(), where, each.status()));
            out.append(each.compensationAttempts() > 0 ? "  attempts " + each.compensationAttempts() : "");
            out.append(each.failure().isEmpty() ? "" : "  " + each.failure()).append(System.lineSeparator());
        }
        if (resolution != null) {
            out.append(String.format("  resolved %s%n", resolution));
        }
        return out.toString();
    }
}
