package io.dtx.runtime.participant;

import org.jspecify.annotations.Nullable;

/**
 * What became of one attempt at a compensation.
 *
 * @param kind what it means for the transaction
 * @param failure why, for FAILED and PARK; null otherwise
 */
public record ActionResult(Kind kind, @Nullable Throwable failure) {

    /** What an attempt means for the transaction. */
    public enum Kind {
        /** The step is undone, now or by an earlier attempt, or never ran and never will. */
        COMPENSATED,
        /** Try again later. */
        FAILED,
        /** Trying again cannot help: an operator is needed. */
        PARK,
        /** Somebody else has taken over from this session. */
        FENCED
    }
}
