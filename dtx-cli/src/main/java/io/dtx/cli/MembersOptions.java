package io.dtx.cli;

import io.dtx.runtime.DtxOperator;
import io.dtx.spi.Durations;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the members are, and how long to ask them. */
final class MembersOptions {

    @Option(
            names = "--members",
            paramLabel = "HOST:PORT,…",
            description = "where the members listen (dtx.members, or DTX_MEMBERS in the environment)")
    private @Nullable String members;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "5s",
            description = "how long to ask for a leader and an answer, such as 500ms or 30s; default ${DEFAULT-VALUE}")
    private String patience = "5s";

    @Mixin
    private final TlsOptions tls = new TlsOptions();

    MembersOptions() {}

    /** Returns what was given beside the members, as keys of the configuration. */
    Map<String, String> settings() {
        return tls.settings();
    }

    /** Returns an operator who has asked nobody yet. */
    DtxOperator connect() {
        Map<String, String> settings = tls.settings();
        TlsOptions.put(settings, "dtx.members", members);
        return DtxOperator.connect(settings, Duration.ofMillis(millis()));
    }

    private long millis() {
        try {
            return Durations.parseMillis(patience);
        } catch (IllegalArgumentException e) {
            throw new UsageException("DTX-8011 --wait: " + e.getMessage());
        }
    }
}
