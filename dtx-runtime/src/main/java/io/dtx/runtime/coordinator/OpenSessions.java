package io.dtx.runtime.coordinator;

import io.dtx.runtime.protocol.SessionState;
import java.util.List;

/**
 * The sessions that were open at one moment.
 *
 * @param index of the last entry that was applied then: a session with a higher id may have been opened since
 * @param sessions in no order
 */
public record OpenSessions(long index, List<SessionState> sessions) {

    /** Takes a copy of the list, unless it is immutable. */
    public OpenSessions {
        sessions = List.copyOf(sessions);
    }

    /** Returns whether a session is among them. */
    public boolean contains(long id) {
        return sessions.stream().anyMatch(each -> each.id() == id);
    }
}
