package io.dtx.runtime.participant.guard;

import io.dtx.runtime.participant.StepCall;
import io.dtx.runtime.protocol.StepNumber;
import org.jspecify.annotations.Nullable;

/**
 * What a local transaction is used for.
 *
 * @param resource the resource's name
 * @param what the work, for messages
 * @param call the step; null for work without one
 */
record Use(String resource, String what, @Nullable StepCall call) {

    static Use step(String resource, StepCall call) {
        return new Use(resource, "step", call);
    }

    static Use compensation(String resource, StepCall call) {
        return new Use(resource, "compensation of", call);
    }

    static Use own(String resource, String what) {
        return new Use(resource, what, null);
    }

    /** Returns such as {@code step StockService.reserve (1.1) of 5f3a…-1-2s on resource "stock"}. */
    @Override
    public String toString() {
        String step = call == null
                ? what
                : what + ' ' + call.name() + " (" + StepNumber.text(call.step()) + ") of " + call.transaction();
        return step + " on resource \"" + resource + '"';
    }
}
