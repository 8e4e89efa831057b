package io.dtx;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How often and how soon something is tried again. The delay before attempt <i>n</i> + 1 is {@code delay ×
 * multiplier}<sup>n-1</sup>, at most {@code maxDelay}, varied by {@code ± jitter} of itself; the jitter is a hash of
 * transaction, step and attempt, so every process computes the same.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface StepRetry {

    /** Attempts in all; 0 is the place's default: 1 for a live step, 120 for a compensation (then PARKED). */
    int maxAttempts() default 0;

    /** The first delay, as in {@link DistributedTransaction#timeout()}. */
    String delay() default "100ms";

    /** What the delay is multiplied with after each attempt, at least 1. */
    double multiplier() default 2;

    /** The longest delay. */
    String maxDelay() default "5s";

    /** The part of the delay by which it varies, 0 to 1. */
    double jitter() default 0.2;

    /** Exceptions after which to try again; empty: all. */
    Class<? extends Throwable>[] retryOn() default {};

    /** Exceptions after which not to try again; they win over {@link #retryOn()}. A compensation that throws one is parked. */
    Class<? extends Throwable>[] abortOn() default {};
}
