package io.dtx.runtime.log.file;

import io.dtx.runtime.log.EntryCodec;
import io.dtx.runtime.log.LogDamagedException;
import io.dtx.runtime.log.Replica;
import io.dtx.runtime.protocol.LogEntry;
import java.nio.ByteBuffer;

/** Hands the entries behind the snapshot to the replica. */
final class Replay implements SegmentRecovery.Visitor {

    private final Replica target;
    private final Snapshots snapshots;
    private final long after;
    private long lastTime;

    /**
     * Begins behind a snapshot.
     *
     * @param snapshots counts the bytes
     * @param after the snapshot's index, 0 for none
     * @param lastTime the log time of its end
     */
    Replay(Replica target, Snapshots snapshots, long after, long lastTime) {
        this.target = target;
        this.snapshots = snapshots;
        this.after = after;
        this.lastTime = lastTime;
    }

    /** The log time of the last entry. */
    long lastTime() {
        return lastTime;
    }

    @Override
    public void record(Mark mark, ByteBuffer body, LogFile file) {
        if (mark.index() <= after) {
            return;
        }
        LogEntry entry;
        int bytes = RecordFormat.HEADER + body.remaining();
        try {
            entry = EntryCodec.decode(mark.index(), mark.term(), body);
        } catch (LogDamagedException e) {
            throw Damage.undecodable(file.path(), mark, e);
        }
        lastTime = entry.time();
        snapshots.countOnly(bytes);
        target.onCommitted(entry);
    }
}
