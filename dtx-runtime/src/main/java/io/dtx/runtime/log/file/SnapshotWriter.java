package io.dtx.runtime.log.file;

import io.dtx.runtime.log.Snapshot;
import io.dtx.runtime.log.WireWriter;
import io.dtx.runtime.protocol.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Writes one snapshot into one file. Used once, by one thread. */
final class SnapshotWriter {

    private static final int FORCE_EVERY = 4 << 20; // one flood at the end would delay the appends beside it
    private static final int NUMBER = 10; // bytes at most

    private final LogFile file;
    private final BooleanSupplier abandoned;
    private ByteBuffer frame = ByteBuffer.allocateDirect(2 * SnapshotFormat.FRAME_BYTES);
    private Mark mark;
    private long forced;
    private long[] keys = new long[1024];
    private int keyCount;
    private long[] directory = new long[256];
    private int directoryCount;

    SnapshotWriter(LogFile file, long cluster, BooleanSupplier abandoned) {
        this.file = file;
        this.abandoned = abandoned;
        this.mark = SnapshotFormat.start(cluster);
        begin();
    }

    /**
     * Writes everything and makes it durable.
     *
     * @param end the entry after which the snapshot was taken
     * @param member what a member adds; nothing in an embedded log
     * @param payloads reads the bytes that the items refer to
     * @return the file's length
     */
    long write(Snapshot snapshot, Mark end, long cluster, long time, byte[] member, PayloadSource payloads)
            throws IOException {
        room(SnapshotFormat.HEADER, SnapshotFormat.HEADER_BYTES + member.length);
        frame.putLong(member.length == 0 ? SnapshotFormat.MAGIC : SnapshotFormat.MAGIC_OF_MEMBER)
                .putLong(cluster);
        frame.putLong(end.index()).putLong(end.term()).putLong(end.chain()).putLong(time);
        frame.put(member);
        flush(SnapshotFormat.HEADER);
        writeItems(snapshot);
        writePayloads(payloads);
        long directoryAt = mark.end();
        writeDirectory();
        frame.putLong(end.index()).putLong(directoryAt);
        flush(SnapshotFormat.FOOTER);
        file.force();
        return mark.end();
    }

    private void writeItems(Snapshot snapshot) throws IOException {
        try (Stream<Snapshot.Item> items = snapshot.items()) {
            Iterator<Snapshot.Item> each = items.iterator();
            while (each.hasNext()) {
                Snapshot.Item item = each.next();
                int more =
                        item.bytes().length + NUMBER * (2 + 2 * item.payloads().size());
                WireWriter out = room(SnapshotFormat.ITEMS, more);
                out.writeBytes(item.bytes());
                out.writeInt(item.payloads().size());
                for (Payload payload : item.payloads()) {
                    out.writeLong(payload.index());
                    out.writeInt(payload.ordinal());
                    addKey(SnapshotFormat.key(payload));
                }
            }
        }
        flush(SnapshotFormat.ITEMS);
    }

    /** In the order of the log: its segments, and an older snapshot, are then read from front to back. */
    private void writePayloads(PayloadSource payloads) throws IOException {
        Arrays.sort(keys, 0, keyCount);
        for (int i = 0; i < keyCount; i++) {
            if (i > 0 && keys[i] == keys[i - 1]) {
                continue;
            }
            byte[] bytes = payloads.read(SnapshotFormat.payload(keys[i]));
            WireWriter out = room(SnapshotFormat.PAYLOADS, bytes.length + 2 * NUMBER);
            if (frame.position() == RecordFormat.HEADER) {
                addToDirectory(keys[i], mark.end());
            }
            out.writeFixedLong(keys[i]);
            out.writeBytes(bytes);
        }
        flush(SnapshotFormat.PAYLOADS);
    }

    private void writeDirectory() throws IOException {
        room(SnapshotFormat.DIRECTORY, directoryCount * Long.BYTES + Long.BYTES);
        frame.putLong(directoryCount / 2);
        for (int i = 0; i < directoryCount; i++) {
            frame.putLong(directory[i]);
        }
        flush(SnapshotFormat.DIRECTORY);
    }

    /** Makes room in the frame, or begins another one when this one is full. */
    private WireWriter room(long kind, int bytes) throws IOException {
        if (frame.position() > SnapshotFormat.FRAME_BYTES) {
            flush(kind);
        }
        if (frame.remaining() < bytes + RecordFormat.ALIGNMENT) {
            frame = ByteBuffer.allocateDirect(frame.position() + bytes + 2 * SnapshotFormat.FRAME_BYTES)
                    .put(frame.flip());
        }
        return new WireWriter(frame);
    }

    private void flush(long kind) throws IOException {
        if (abandoned.getAsBoolean()) {
            throw new IOException("the snapshot is not needed any more");
        }
        if (frame.position() == RecordFormat.HEADER) {
            return;
        }
        frame.flip();
        long chain = RecordFormat.seal(frame, mark.chain(), mark.index() + 1, kind);
        long end = mark.end() + frame.limit();
        frame.limit((int) RecordFormat.aligned(frame.limit()));
        for (int i = (int) (end - mark.end()); i < frame.limit(); i++) {
            frame.put(i, (byte) 0);
        }
        file.write(frame.position(0), mark.end());
        mark = new Mark(mark.index() + 1, kind, chain, RecordFormat.aligned(end));
        if (mark.end() - forced > FORCE_EVERY) {
            file.force();
            forced = mark.end();
        }
        begin();
    }

    private void begin() {
        frame.clear().position(RecordFormat.HEADER);
    }

    private void addKey(long key) {
        if (keyCount == keys.length) {
            keys = Arrays.copyOf(keys, keyCount * 2);
        }
        keys[keyCount++] = key;
    }

    private void addToDirectory(long key, long offset) {
        if (directoryCount == directory.length) {
            directory = Arrays.copyOf(directory, directoryCount * 2);
        }
        directory[directoryCount++] = key;
        directory[directoryCount++] = offset;
    }
}
