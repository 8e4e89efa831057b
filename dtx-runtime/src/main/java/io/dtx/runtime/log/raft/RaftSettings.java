package io.dtx.runtime.log.raft;

import io.dtx.runtime.log.file.FileLog;
import java.nio.file.Path;

/**
 * How a member runs. All members of a cluster should have the same, except the directory.
 *
 * @param directory the member's own, made before by one of {@link RaftLog}'s ways to make it
 * @param electionTimeoutMillis how long the others wait for a silent leader before they elect another one: 100 to 10,000, and
 *     at least ten times as long as a round trip and a force take
 * @param segmentBytes the length of new segments
 * @param snapshotBytes how many bytes of entries come between two snapshots; more when the snapshots are larger themselves
 */
public record RaftSettings(Path directory, int electionTimeoutMillis, long segmentBytes, long snapshotBytes) {

    /** The default election timeout. */
    public static final int ELECTION_TIMEOUT_MILLIS = 500;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is exceeded
     */
    public RaftSettings {
        if (electionTimeoutMillis < 100 || electionTimeoutMillis > 10_000) {
            throw new IllegalArgumentException(
                    "DTX-5203 the election timeout is 100 to 10,000 ms, not " + electionTimeoutMillis);
        }
        if (segmentBytes < 64 << 10 || segmentBytes > 1 << 30 || snapshotBytes < 1) {
            throw new IllegalArgumentException("DTX-5106 segments have 64 KiB to 1 GiB, not " + segmentBytes
                    + " bytes; snapshots are at least 1 byte apart, not " + snapshotBytes);
        }
    }

    /** Returns the defaults. */
    public static RaftSettings in(Path directory) {
        return new RaftSettings(directory, ELECTION_TIMEOUT_MILLIS, FileLog.SEGMENT_BYTES, FileLog.SNAPSHOT_BYTES);
    }
}
