package io.dtx.runtime.protocol;

import java.util.List;

/**
 * Commands of one session that are consecutive and in one entry.
 *
 * @param session the sender; 0 for unnumbered commands (OpenSession, ExpireSession)
 * @param first the number of the first command, from 1; 0 for unnumbered ones
 * @param lowWaterMark the number of the sender's oldest open transaction: those below are forgotten
 * @param commands at least one
 */
public record SessionBatch(long session, long first, long lowWaterMark, List<LogCommand> commands) {

    /** Takes a copy of the list. */
    public SessionBatch {
        commands = List.copyOf(commands);
    }
}
