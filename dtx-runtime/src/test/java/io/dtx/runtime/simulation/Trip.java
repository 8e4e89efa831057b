package io.dtx.runtime.simulation;

import java.util.List;

/**
 * What a caller asks for.
 *
 * @param legs the steps, in order
 * @param fails whether the method throws when all is done
 * @param patient whether it has much time
 */
record Trip(int number, List<Leg> legs, boolean fails, boolean patient) {

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
