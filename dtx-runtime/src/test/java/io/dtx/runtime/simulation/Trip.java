package io.dtx.runtime.simulation;

import java.util.List;

/**
 * What a caller asks for.
 *
 * @param legs the steps, in order
 * @param fails whether the method throws when all is done
 * @param patient whether it has much time
 * @param atomic whether it is an ATOMIC transaction, for which legs are all of one kind
 */
record Trip(int number, List<Leg> legs, boolean fails, boolean patient, boolean atomic) {

    /** Returns whether a resource manager decides alone, and nothing is logged. */
    boolean inOnePhase() {
        return atomic && legs.size() == 1;
    }

    enum Kind {
        /** Has a result; a refusal proves that there is no effect. */
        RESERVE,
        /** Is tried three times, with a time limit. */
        CHARGE,
        /** Has no result. */
        SHIP,
        /** Is guarded. */
        TAKE,
        /** Is guarded, and tried three times. */
        PAY
    }

    /**
     * A step.
     *
     * @param caught whether the method goes on when it is refused
     */
    record Leg(int number, Kind kind, boolean caught) {}
}
