package io.dtx.runtime;

import io.dtx.StepStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of a transaction, for people.
 *
 * @param number the call and the try, such as {@code 2.1}
 * @param name its name
 * @param resource the guarded resource, null for an EXTERNAL step
 * @param status where it stands
 * @param started when its intent became durable, by the wall clock
 * @param ended when it finished, failed or was last compensated; null before
 * @param compensationAttempts how often its compensation was tried
 * @param failure why it, or the last attempt at its compensation, failed; empty if nothing did
 */
public record StepHistory(
        String number,
        String name,
        @Nullable String resource,
        StepStatus status,
        Instant started,
        @Nullable Instant ended,
        int compensationAttempts,
        String failure) {}
