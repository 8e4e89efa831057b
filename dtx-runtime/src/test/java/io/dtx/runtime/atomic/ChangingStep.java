package io.dtx.runtime.atomic;

import javax.transaction.xa.XAException;

/** What happens around the calls to branches, and can be changed at any time; nothing at first. */
final class ChangingStep implements WatchedXa.Step {

    private volatile WatchedXa.Step now = call -> {};

    void set(WatchedXa.Step next) {
        now = next;
    }

    /** Nothing happens any more. */
    void clear() {
        now = call -> {};
    }

    /** Throws once. */
    void failAt(String point, int errorCode) {
        now = call -> {
            if (call.equals(point)) {
                clear();
                throw new XAException(errorCode);
            }
        };
    }

    @Override
    public void pass(String call) throws Exception {
        now.pass(call);
    }
}
