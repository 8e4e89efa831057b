package io.dtx.runtime.participant;

import org.jspecify.annotations.Nullable;

/**
 * What became of a forward step.
 *
 * @param kind what is known about its effect
 * @param result what is recorded of its result in the guard row, by this attempt or, for ALREADY, by the earlier one; null if
 *     nothing is, or the kind is another
 * @param failure what the body, the intent or the database threw; null when committed
 */
public record ForwardResult(
        Kind kind, byte @Nullable [] result, @Nullable Throwable failure) {

    /** What is known about the effect of a forward step. */
    public enum Kind {
        /** It is committed, with its guard row. */
        COMMITTED,
        /** An earlier attempt under the same number is committed; this one was rolled back. */
        ALREADY,
        /** It was rolled back before COMMIT was sent, or the database refused the commit: no effect. */
        NO_EFFECT,
        /** As NO_EFFECT, and this session, or this step, may never take effect any more. */
        FENCED,
        /** COMMIT was sent and not answered: settle it. */
        UNKNOWN
    }
}
