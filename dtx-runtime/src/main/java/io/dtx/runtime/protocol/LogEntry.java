package io.dtx.runtime.protocol;

import java.util.List;

/**
 * A committed entry of the coordinator log. An entry without batches only lets time pass.
 *
 * @param index from 1, without gaps
 * @param term the term of the leader that wrote it
 * @param time log time in milliseconds: never runs backwards, stands still while nobody leads
 * @param wallClock milliseconds since 1970, for people only
 * @param batches apply in this order, as a whole
 */
public record LogEntry(long index, long term, long time, long wallClock, List<SessionBatch> batches) {

    /** Takes a copy of the list. */
    public LogEntry {
        batches = List.copyOf(batches);
    }
}
