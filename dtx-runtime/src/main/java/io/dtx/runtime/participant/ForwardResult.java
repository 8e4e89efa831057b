package io.dtx.runtime.participant;

import org.jspecify.annotations.Nullable;

/**
 * What became of a forward step.
 *
 * @param kind what is known about its effect
 * @param failure what the body, the intent or the database threw; null when committed
 */
public record ForwardResult(Kind kind, @Nullable Throwable failure) {

    /** What is known about the effect of a forward step. */
    public enum Kind {
        /** It is committed, with its guard row. */
        COMMITTED,
        /** It was rolled back before COMMIT was sent, or the database refused the commit: no effect. */
        NO_EFFECT,
        /** As NO_EFFECT, and this session, or this step, may never take effect any more. */
        FENCED,
        /** COMMIT was sent and not answered: settle it. */
        UNKNOWN
    }
}
