package io.dtx.processor.model;

import java.util.List;
import javax.lang.model.type.TypeMirror;

/**
 * What a {@code @StepRetry} says.
 *
 * @param annotation the annotation, or where it is left out the one that it would stand in
 * @param maxAttempts attempts in all; 0 for the place's default
 * @param delay the first delay
 * @param multiplier what it grows by
 * @param maxDelay the longest delay
 * @param jitter the part of it by which it varies
 * @param retryOn after which exceptions to try again
 * @param abortOn after which not to
 */
public record Retry(
        AnnotationUse annotation,
        int maxAttempts,
        Duration delay,
        double multiplier,
        Duration maxDelay,
        double jitter,
        List<TypeMirror> retryOn,
        List<TypeMirror> abortOn) {

    /** Returns what a {@code @StepRetry} says that is left out. */
    public static Retry unwritten(AnnotationUse step) {
        return new Retry(step, 0, Duration.of("100ms"), 2, Duration.of("5s"), 0.2, List.of(), List.of());
    }

    /** Returns whether it says what the annotation says by itself. */
    public boolean isDefault() {
        return maxAttempts == 0
                && delay.millis() == 100
                && multiplier == 2
                && maxDelay.millis() == 5_000
                && jitter == 0.2
                && retryOn.isEmpty()
                && abortOn.isEmpty();
    }
}
