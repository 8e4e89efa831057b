package io.dtx.runtime.participant.guard;

import org.jspecify.annotations.Nullable;

/**
 * How a local transaction ended.
 *
 * @param failure why it did not commit; null if it did
 */
record Ended(Kind kind, @Nullable Throwable failure) {

    static final Ended COMMITTED = new Ended(Kind.COMMITTED, null);

    enum Kind {
        /** The commit was answered. */
        COMMITTED,
        /** Rolled back: the guard row's key is taken. */
        CONFLICT,
        /** Rolled back: no session row let the guard row in. */
        NOT_ALLOWED,
        /** Rolled back for another reason, or never begun. */
        ROLLED_BACK,
        /** COMMIT was sent and not answered. */
        UNKNOWN
    }

    boolean is(Kind kind) {
        return this.kind == kind;
    }

    /** Returns the failure of a transaction that did not commit. */
    Throwable cause() {
        return failure == null ? new IllegalStateException("DTX-3099 no failure was recorded for " + kind) : failure;
    }
}
