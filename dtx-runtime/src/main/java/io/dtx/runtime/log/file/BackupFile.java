package io.dtx.runtime.log.file;

import io.dtx.runtime.log.LogDamagedException;
import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.log.Snapshot;
import io.dtx.runtime.protocol.Payload;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A backup that was read and found to be whole: what {@link BackupWriter} has written. Immutable. */
public final class BackupFile {

    private static final int SUM_BYTES = 32;
    private static final int BUFFER = 64 << 10;

    private final Path path;
    private final Header header;
    private final List<Snapshot.Item> items;
    private final Map<Payload, Place> payloads;

    /**
     * Where a backup comes from.
     *
     * @param cluster the name of the log
     * @param index the entry after which it was taken
     * @param time the log time of that entry
     * @param wallClock when it was taken, for people
     */
    public record Header(long cluster, long index, long time, long wallClock) {}

    private record Place(long offset, int length) {}

    private BackupFile(Path path, Header header, List<Snapshot.Item> items, Map<Payload, Place> payloads) {
        this.path = path;
        this.header = header;
        this.items = List.copyOf(items);
        this.payloads = Map.copyOf(payloads);
    }

    /**
     * Reads a backup from the first byte to the last.
     *
     * @throws LogDamagedException if it is not whole
     */
    public static BackupFile read(Path path) throws IOException {
        long length = Files.size(path);
        long end = length - SUM_BYTES;
        if (end <= BackupWriter.HEADER_BYTES) {
            throw damaged(path, "it is too short to be one");
        }
        MessageDigest digest = sha256();
        try (DataInputStream in = open(path)) {
            byte[] buffer = new byte[BUFFER];
            for (long left = end; left > 0; ) {
                int count = in.readNBytes(buffer, 0, (int) Math.min(left, buffer.length));
                if (count == 0) {
                    throw damaged(path, "it ends early");
                }
                digest.update(buffer, 0, count);
                left -= count;
            }
            if (!MessageDigest.isEqual(digest.digest(), in.readNBytes(SUM_BYTES))) {
                throw damaged(path, "it fails its checksum");
            }
        }
        try (DataInputStream in = open(path)) {
            return parse(path, in);
        }
    }

    private static BackupFile parse(Path path, DataInputStream in) throws IOException {
        if (in.readLong() != BackupWriter.MAGIC) {
            throw damaged(path, "it is no backup, or one of a later version of dtx");
        }
        Header header = new Header(in.readLong(), in.readLong(), in.readLong(), in.readLong());
        List<Snapshot.Item> items = new ArrayList<>();
        Map<Payload, Place> payloads = new HashMap<>();
        long offset = BackupWriter.HEADER_BYTES + 1;
        while (in.readByte() == 1) {
            byte[] bytes = in.readNBytes(notNegative(path, in.readInt()));
            int count = notNegative(path, in.readInt());
            offset += 2 * Integer.BYTES + bytes.length;
            List<Payload> carried = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Payload payload = new Payload(in.readLong(), in.readInt());
                int length = notNegative(path, in.readInt());
                offset += Long.BYTES + 2 * Integer.BYTES;
                in.skipNBytes(length);
                payloads.put(payload, new Place(offset, length));
                offset += length;
                carried.add(payload);
            }
            items.add(new Snapshot.Item(bytes, carried));
            offset++;
        }
        return new BackupFile(path, header, items, payloads);
    }

    /** Returns where it comes from. */
    public Header header() {
        return header;
    }

    /** Returns its state. */
    public Snapshot snapshot() {
        return items::stream;
    }

    /**
     * Makes the directory of an embedded log that goes on from a state behind the last entry of this backup. If it is interrupted,
     * the directory is not one, and is to be deleted.
     *
     * @param cluster the name of the new log
     * @param state refers to payloads of this backup only
     * @throws LogUnavailableException if the directory holds anything, or cannot be used
     */
    public void restore(Path directory, long cluster, Snapshot state) {
        LogFiles files = new LogFiles(directory);
        try (DirectoryLock lock = DirectoryLock.take(directory)) {
            boolean taken = files.names().stream()
                    .anyMatch(each ->
                            !each.equals("lock") && !directory.resolve(each).endsWith("lock"));
            if (taken) {
                throw new LogUnavailableException(
                        "DTX-5112 " + directory.toAbsolutePath()
                                + " holds something already: choose an empty directory for what is restored",
                        null);
            }
            write(files, cluster, state);
        } catch (IOException e) {
            throw new LogUnavailableException(
                    "DTX-5105 nothing was restored into " + directory.toAbsolutePath() + ", which is to be deleted: "
                            + e,
                    e);
        }
    }

    private void write(LogFiles files, long cluster, Snapshot state) throws IOException {
        Mark end = new Mark(header.index(), 1, cluster, Segment.RECORDS);
        try (LogFile file = files.create("snapshot.tmp");
                RandomAccessFile source = new RandomAccessFile(path.toFile(), "r")) {
            new SnapshotWriter(file, cluster, () -> false)
                    .write(state, end, cluster, header.time(), new byte[0], payload -> bytes(source, payload));
        }
        files.rename("snapshot.tmp", SnapshotFormat.name(end.index()));
        new Rewind(true, end).write(files, cluster); // the log goes on behind the snapshot
        ManifestFile.restored(files, cluster, end); // before it, this is no log
        MemberDirectory.begin(files, FileLog.SEGMENT_BYTES, new RecordBatch());
    }

    private byte[] bytes(RandomAccessFile source, Payload payload) throws IOException {
        Place place = payloads.get(payload);
        if (place == null) {
            throw damaged(path, "it does not hold " + payload);
        }
        byte[] bytes = new byte[place.length];
        source.seek(place.offset);
        source.readFully(bytes);
        return bytes;
    }

    private static int notNegative(Path path, int length) {
        if (length < 0) {
            throw damaged(path, "it has a part of " + length + " bytes");
        }
        return length;
    }

    private static DataInputStream open(Path path) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(path), BUFFER));
    }

    private static LogDamagedException damaged(Path path, String what) {
        return new LogDamagedException(
                "DTX-5121 " + path.toAbsolutePath() + " cannot be restored: " + what + ". Take another backup.", null);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
