package io.dtx.runtime.log;

import io.dtx.runtime.protocol.LogEntry;

/** The state behind a log, as the log sees it. Called by one thread at a time; never throws; blocks only to compute. */
public interface Replica {

    /** Replaces the whole state by a snapshot's. */
    void restore(Snapshot snapshot);

    /** Applies a committed entry. */
    void onCommitted(LogEntry entry);

    /** Takes an unchanging view of the state now, after the last entry; it is written later, on another thread. */
    Snapshot snapshot();

    /** This member leads from now on, and may append. */
    void onLeader(long term);

    /** This member does not lead any more; what it appended is unknown. */
    void onFollower();

    /** The log has stopped for good: a write or an fsync failed, or a replicated member halted. */
    void onFailed(Throwable cause);
}
