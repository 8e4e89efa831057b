package io.dtx.runtime.coordinator;

import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.SessionBatch;
import java.util.List;

/** A session's numbers, for whoever leads: one thread at a time. */
final class Numbering {

    private final OwnSession session;
    private long next = 1;

    Numbering(OwnSession session) {
        this.session = session;
    }

    /** What is about a transaction of an earlier session was not sent before that one ended, and never will be. */
    boolean refuses(Submission submission) {
        long owner = submission.owner();
        return owner != 0 && owner != session.id();
    }

    SessionBatch batch(List<LogCommand> commands) {
        long first = next;
        next += commands.size();
        return new SessionBatch(session.id(), first, session.lowWaterMark(), commands);
    }
}
