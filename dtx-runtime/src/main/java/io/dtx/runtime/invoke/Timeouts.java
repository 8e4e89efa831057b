package io.dtx.runtime.invoke;

import io.dtx.runtime.coordinator.MonotonicClock;
import io.dtx.spi.TransactionDescriptor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/** How long transactions may stay undecided: the configured time for their name, else the annotation's, else the default. */
public final class Timeouts {

    private final long defaultMillis;
    private final ToLongFunction<String> configuredMillis;
    private final MonotonicClock clock;
    private final Map<String, Long> byName = new ConcurrentHashMap<>();

    /**
     * Answers from configuration.
     *
     * @param defaultMillis {@code dtx.transaction.timeout}
     * @param configuredMillis the time configured for a name, 0 for none; asked once per name
     * @param clock what they are measured by
     */
    public Timeouts(long defaultMillis, ToLongFunction<String> configuredMillis, MonotonicClock clock) {
        this.defaultMillis = defaultMillis;
        this.configuredMillis = configuredMillis;
        this.clock = clock;
    }

    MonotonicClock clock() {
        return clock;
    }

    long defaultMillis() {
        return defaultMillis;
    }

    long millis(TransactionDescriptor transaction) {
        long configured = byName.computeIfAbsent(transaction.name(), configuredMillis::applyAsLong);
        if (configured > 0) {
            return configured;
        }
        return transaction.timeoutMillis() > 0 ? transaction.timeoutMillis() : defaultMillis;
    }
}
