package io.dtx.runtime.log.raft;

import io.dtx.runtime.log.LogUnavailableException;

/** The members were not changed, for another change of theirs is not done: try again soon. */
public final class ChangeUnderWayException extends LogUnavailableException {

    private static final long serialVersionUID = 1;

    ChangeUnderWayException() {
        super("DTX-5216 another change of the members is under way: repeat this when it is done", null);
    }
}
