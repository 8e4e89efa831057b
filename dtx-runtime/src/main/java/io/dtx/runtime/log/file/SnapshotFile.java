package io.dtx.runtime.log.file;

import io.dtx.runtime.log.Snapshot;
import io.dtx.runtime.log.WireReader;
import io.dtx.runtime.protocol.Payload;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A snapshot on disk: all of it is checked when it is restored; payloads are then found through its directory. */
final class SnapshotFile implements Closeable {

    private final LogFile file;
    private final long index;
    private final long time;
    private final long[] firstKeys;
    private final long[] offsets;

    private SnapshotFile(LogFile file, long index, long time, ByteBuffer directory) {
        this.file = file;
        this.index = index;
        this.time = time;
        int count = (int) directory.getLong();
        firstKeys = new long[count];
        offsets = new long[count];
        for (int i = 0; i < count; i++) {
            firstKeys[i] = directory.getLong();
            offsets[i] = directory.getLong();
        }
    }

    /**
     * Checks a snapshot from the first byte to the last, and restores it on the way.
     *
     * @param manifest which snapshot it must be
     * @param restore takes the items; not called before the header was found to be right
     */
    static SnapshotFile open(LogFile file, Manifest manifest, Consumer<Snapshot> restore) throws IOException {
        RecordScan scan = new RecordScan(file, SnapshotFormat.start(manifest.cluster()), file.size());
        require(scan.next() && scan.mark().term() == SnapshotFormat.HEADER, file, scan);
        ByteBuffer header = scan.body();
        require(
                header.remaining() == 6 * Long.BYTES
                        && header.getLong() == SnapshotFormat.MAGIC
                        && header.getLong() == manifest.cluster()
                        && header.getLong() == manifest.snapshot()
                        && header.getLong() <= manifest.term()
                        && header.getLong() == manifest.snapshotChain(),
                file,
                scan);
        long time = header.getLong();
        Items items = new Items(file, scan);
        items.advance();
        restore.accept(items::stream);
        while (items.frame() == SnapshotFormat.ITEMS || items.frame() == SnapshotFormat.PAYLOADS) {
            items.advance();
        }
        require(items.frame() == SnapshotFormat.DIRECTORY, file, scan);
        SnapshotFile read = new SnapshotFile(file, manifest.snapshot(), time, scan.body());
        items.advance();
        require(items.frame() == SnapshotFormat.FOOTER && scan.mark().end() == file.size(), file, scan);
        return read;
    }

    long index() {
        return index;
    }

    long time() {
        return time;
    }

    LogFile file() {
        return file;
    }

    /** Reads what a payload carries; null if the snapshot does not have it. */
    byte @Nullable [] read(Payload payload) throws IOException {
        int place = placeOf(payload);
        return place < 0 ? null : readFrame(place).get(SnapshotFormat.key(payload));
    }

    /** Returns which frame has the payload, if any has; negative if none can. */
    int placeOf(Payload payload) {
        int found = Arrays.binarySearch(firstKeys, SnapshotFormat.key(payload));
        return found >= 0 ? found : -found - 2;
    }

    /** Reads all payloads of a frame, by their keys. */
    Map<Long, byte[]> readFrame(int place) throws IOException {
        Map<Long, byte[]> payloads = new HashMap<>();
        WireReader in = new WireReader(frame(offsets[place]));
        while (in.remaining() > 0) {
            payloads.put(in.readFixedLong(), in.readBytes());
        }
        return payloads;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private ByteBuffer frame(long offset) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(RecordFormat.HEADER);
        file.read(head, offset);
        int length = RecordFormat.length(head, 0);
        if (length > 0 && length <= file.size() - offset - RecordFormat.HEADER) {
            ByteBuffer frame = ByteBuffer.allocate(RecordFormat.HEADER + length);
            file.read(frame, offset);
            if (RecordFormat.length(frame, 0) == length && RecordFormat.isIntact(frame, 0)) {
                return RecordFormat.body(frame, 0);
            }
        }
        throw Damage.at(file.path(), offset, "a frame of payloads fails its checksum");
    }

    private static void require(boolean right, LogFile file, RecordScan scan) {
        if (!right) {
            throw Damage.at(
                    file.path(),
                    scan.mark().end(),
                    "it is not the snapshot that the manifest names, as it was written");
        }
    }

    /** The items, one frame after the other. */
    private static final class Items {

        private final LogFile file;
        private final RecordScan scan;
        private long frame;

        Items(LogFile file, RecordScan scan) {
            this.file = file;
            this.scan = scan;
        }

        /** The kind of the present frame. */
        long frame() {
            return frame;
        }

        void advance() throws IOException {
            require(scan.next(), file, scan);
            frame = scan.mark().term();
        }

        Stream<Snapshot.Item> stream() {
            return Stream.iterate(read(), frameItems -> !frameItems.isEmpty(), frameItems -> next())
                    .flatMap(List::stream);
        }

        private List<Snapshot.Item> next() {
            try {
                advance();
                return read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private List<Snapshot.Item> read() {
            List<Snapshot.Item> items = new ArrayList<>();
            if (frame == SnapshotFormat.ITEMS) {
                WireReader in = new WireReader(scan.body());
                while (in.remaining() > 0) {
                    items.add(new Snapshot.Item(in.readBytes(), payloads(in)));
                }
            }
            return items;
        }

        private static List<Payload> payloads(WireReader in) {
            int count = in.readCount(2);
            List<Payload> payloads = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                payloads.add(new Payload(in.readLong(), in.readInt()));
            }
            return payloads;
        }
    }
}
