package io.dtx.cli;

import io.dtx.TransactionId;
import io.dtx.runtime.StepHistory;
import io.dtx.runtime.TransactionHistory;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Transactions as JSON, and their ids as arguments. */
final class Histories {

    private Histories() {}

    /** Returns a transaction as maps; what has not happened is null. */
    static Map<String, @Nullable Object> json(TransactionHistory history) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("id", history.id().toString());
        all.put("name", history.name());
        all.put("status", history.status().name());
        all.put("began", history.began().toString());
        all.put("decision", history.decision());
        all.put("decided", text(history.decided()));
        all.put("resolution", history.resolution());
        all.put("ended", text(history.ended()));
        all.put("steps", history.steps().stream().map(Histories::json).toList());
        return all;
    }

    private static Map<String, @Nullable Object> json(StepHistory step) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("number", step.number());
        all.put("name", step.name());
        all.put("resource", step.resource());
        all.put("status", step.status().name());
        all.put("started", step.started().toString());
        all.put("ended", text(step.ended()));
        all.put("compensationAttempts", step.compensationAttempts());
        all.put("failure", step.failure());
        return all;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    /** Reads an id. */
    static TransactionId id(String text) {
        try {
            return TransactionId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("DTX-8012 not a transaction's id: " + e.getMessage());
        }
    }
}
