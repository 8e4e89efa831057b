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
    private final Header header;
    private final long[] firstKeys;
    private final long[] offsets;

    /**
     * The first frame.
     *
     * @param end the entry after which it was taken
     * @param time the log time of that entry
     * @param member what a member has added
     */
    record Header(Mark end, long time, byte[] member) {}

    private SnapshotFile(LogFile file, Header header, ByteBuffer directory) {
        this.file = file;
        this.header = header;
        int count = (int) directory.getLong();
        firstKeys = new long[count];
        offsets = new long[count];
        for (int i = 0; i < count; i++) {
            firstKeys[i] = directory.getLong();
            offsets[i] = directory.getLong();
        }
    }

    /**
     * Checks a snapshot from the first byte to the last, and restores it on the way. The file is closed if that fails.
     *
     * @param manifest which snapshot it must be
     * @param restore takes the items; not called before the header was found to be right
     */
    static SnapshotFile open(LogFile file, Manifest manifest, Consumer<Snapshot> restore) throws IOException {
        boolean opened = false;
        try {
            SnapshotFile read = check(file, manifest, restore);
            opened = true;
            return read;
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    private static SnapshotFile check(LogFile file, Manifest manifest, Consumer<Snapshot> restore) throws IOException {
        RecordScan scan = new RecordScan(file, SnapshotFormat.start(manifest.cluster()), file.size());
        Header header = header(file, scan, manifest.cluster());
        require(
                header.end().index() == manifest.snapshot()
                        && header.end().term() <= manifest.term()
                        && header.end().chain() == manifest.snapshotChain(),
                file,
                scan);
        Items items = new Items(file, scan);
        items.advance();
        restore.accept(items::stream);
        while (items.frame() == SnapshotFormat.ITEMS || items.frame() == SnapshotFormat.PAYLOADS) {
            items.advance();
        }
        require(items.frame() == SnapshotFormat.DIRECTORY, file, scan);
        SnapshotFile read = new SnapshotFile(file, header, scan.body());
        items.advance();
        require(items.frame() == SnapshotFormat.FOOTER && scan.mark().end() == file.size(), file, scan);
        return read;
    }

    /** Reads the first frame of a snapshot that came from elsewhere; what follows is not looked at. */
    static Header header(LogFile file, long cluster) throws IOException {
        return header(file, new RecordScan(file, SnapshotFormat.start(cluster), file.size()), cluster);
    }

    private static Header header(LogFile file, RecordScan scan, long cluster) throws IOException {
        require(scan.next() && scan.mark().term() == SnapshotFormat.HEADER, file, scan);
        ByteBuffer body = scan.body();
        require(body.remaining() >= SnapshotFormat.HEADER_BYTES, file, scan);
        boolean ofMember = body.remaining() > SnapshotFormat.HEADER_BYTES;
        require(
                body.getLong() == (ofMember ? SnapshotFormat.MAGIC_OF_MEMBER : SnapshotFormat.MAGIC)
                        && body.getLong() == cluster,
                file,
                scan);
        Mark end = new Mark(body.getLong(), body.getLong(), body.getLong(), 0);
        long time = body.getLong();
        byte[] member = new byte[body.remaining()];
        body.get(member);
        return new Header(end, time, member);
    }

    long index() {
        return header.end().index();
    }

    long time() {
        return header.time();
    }

    Header header() {
        return header;
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
