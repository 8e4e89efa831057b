package io.dtx.runtime.log.file;

import io.dtx.runtime.log.EntryCodec;
import io.dtx.runtime.protocol.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads payloads that are asked for in the order of the log, for a new snapshot: each record, and each frame of the snapshot
 * before, is read and checked once for all that it holds. Used by one thread.
 */
final class PayloadScan implements PayloadSource {

    private final SegmentStore store;
    private final @Nullable SnapshotFile older;
    private long index = -1;
    private @Nullable List<byte[]> record;
    private int place = -1;
    private Map<Long, byte[]> frame = Map.of();

    /** Reads from the segments, and what these do not have any more from the snapshot before, if there is one. */
    PayloadScan(SegmentStore store, @Nullable SnapshotFile older) {
        this.store = store;
        this.older = older;
    }

    @Override
    public byte[] read(Payload payload) throws IOException {
        if (payload.index() != index) {
            ByteBuffer body = store.read(payload.index());
            record = body == null ? null : EntryCodec.payloads(body);
            index = payload.index();
        }
        List<byte[]> carried = record;
        byte[] bytes = carried == null ? fromOlder(payload) : carried.get(payload.ordinal());
        if (bytes == null) {
            throw new IllegalArgumentException("DTX-5007 the log does not hold " + payload + ", or not any more");
        }
        return bytes;
    }

    private byte @Nullable [] fromOlder(Payload payload) throws IOException {
        int found = older == null ? -1 : older.placeOf(payload);
        if (older == null || found < 0) {
            return null;
        }
        if (found != place) {
            frame = older.readFrame(found);
            place = found;
        }
        return frame.get(SnapshotFormat.key(payload));
    }
}
