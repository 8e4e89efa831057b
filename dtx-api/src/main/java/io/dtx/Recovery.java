package io.dtx;

/** What happens to a saga whose owner died before it was decided. */
public enum Recovery {
    /** The saga is aborted: finished and doubtful steps are compensated in reverse order. */
    BACKWARD,
    /** The orchestrating method is entered again by a living process and goes on where the log ends. */
    FORWARD
}
