package io.dtx;

/** Where one step of a transaction stands, as the coordinator log knows it. */
public enum StepStatus {
    /** Its intent is in the log; whether it took effect is not known yet. */
    STARTED,
    /** It took effect. */
    FINISHED,
    /** It is certain that it took no effect. */
    FAILED,
    /** Nobody can say whether it took effect until it is settled or compensated. */
    IN_DOUBT,
    /** Its compensation is being tried. */
    COMPENSATING,
    /** Undone, or proven never to have run. */
    COMPENSATED,
    /** Its compensation needs an operator. */
    PARKED
}
