package io.dtx.runtime.log.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a replicated log is about to do when its leader has another end than it, or sends a snapshot beyond it: to go on from a
 * mark, in a new segment. It is on disk, in a file of its own, from before the first segment is deleted until the manifest
 * names the new one; so a log that is shorter than its marks say is either announced here, or damaged.
 *
 * @param isReset whether everything is forgotten, since a snapshot at the mark replaces it; else what follows the mark
 * @param mark where the log goes on from; its offset means nothing
 */
record Rewind(boolean isReset, Mark mark) {

    static final String NAME = "rewind";

    private static final String NEXT = "rewind.tmp";
    private static final long MAGIC = 0x4454_5852_5744_0001L; // DTXRWD and the version
    private static final int BYTES = 56;
    private static final int CRC = 48;
    private static final long SUFFIX = 1;
    private static final long ALL = 2;

    /** Whether a segment that begins with that index is forgotten. */
    boolean forgets(long first) {
        return isReset || first > mark.index();
    }

    /** Makes the intention durable. */
    void write(LogFiles files, long cluster) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.putLong(MAGIC).putLong(cluster).putLong(isReset ? ALL : SUFFIX);
        bytes.putLong(mark.index()).putLong(mark.term()).putLong(mark.chain());
        bytes.putInt(RecordFormat.crc(bytes, 0, CRC)).putInt(0);
        try (LogFile file = files.create(NEXT)) {
            file.write(bytes.flip(), 0);
            file.force();
        }
        files.rename(NEXT, NAME);
    }

    /** Reads what a crash has left undone; null if nothing. */
    static @Nullable Rewind read(LogFiles files, Manifest manifest) throws IOException {
        if (!files.exists(NAME)) {
            return null;
        }
        try (LogFile file = files.open(NAME)) {
            ByteBuffer bytes = ByteBuffer.allocate(BYTES + 1);
            file.read(bytes, 0);
            bytes.flip();
            if (bytes.limit() != BYTES
                    || RecordFormat.crc(bytes, 0, CRC) != bytes.getInt(CRC)
                    || bytes.getInt(CRC + 4) != 0
                    || bytes.getLong() != MAGIC
                    || bytes.getLong() != manifest.cluster()) {
                throw Damage.at(file.path(), 0, "it is not what a member of this cluster has written");
            }
            long kind = bytes.getLong();
            Mark mark = new Mark(bytes.getLong(), bytes.getLong(), bytes.getLong(), Segment.RECORDS);
            if ((kind != SUFFIX && kind != ALL) || mark.index() < manifest.snapshot()) {
                throw Damage.at(file.path(), 16, "it would forget what the snapshot holds");
            }
            return new Rewind(kind == ALL, mark);
        }
    }

    /** Says that it is done. */
    static void done(LogFiles files) throws IOException {
        files.delete(NAME);
        files.syncDirectory();
    }
}
