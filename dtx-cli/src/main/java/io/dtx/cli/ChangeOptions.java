package io.dtx.cli;

import io.dtx.spi.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all changes of a cluster's members have. */
final class ChangeOptions {

    static final String GOES_ON_TEXT =
            " 3:not now: no member leads, a member does not answer, or it is not done in time; the message says which";
    static final String NO_TEXT =
            " 1:no: that member is not there, is there already, or is needed; nothing was changed";

    @Mixin
    final MembersOptions members = new MembersOptions();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "how long to wait until it is done; default 10m where a member has to catch up, else 1m")
    private @Nullable String timeout;

    @Option(names = "--json", description = "print the members afterwards for programs")
    boolean json;

    ChangeOptions() {}

    Duration timeout(Duration standard) {
        String given = timeout;
        if (given == null) {
            return standard;
        }
        try {
            return Duration.ofMillis(Durations.parseMillis(given));
        } catch (IllegalArgumentException e) {
            throw new UsageException("DTX-8011 --timeout: " + e.getMessage());
        }
    }
}
