package io.dtx.runtime.log.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The mark that goes to disk together with what it covers, under the same force. As a disk orders writes as it likes, a power
 * cut may leave the mark without all of the bytes; the checksums of the sectors tell that from damage: each sector is then as
 * it was written, or blank as it was before.
 *
 * @param fromIndex the last record before those that are announced; acknowledged before they were written
 * @param fromEnd the offset behind it
 * @param bytesEnd the offset behind the bytes that the checksums cover
 * @param to the mark once the bytes are on disk
 * @param sectors a checksum of the part in each sector; none when the bytes were durable before the mark was written
 */
record Announcement(long fromIndex, long fromEnd, long bytesEnd, Mark to, int[] sectors) {

    static final int SECTOR = 512;

    /** Announces a record that is about to be written behind a mark. */
    static Announcement of(Mark from, Mark to, ByteBuffer record) {
        long end = from.end() + record.limit();
        int[] sectors = new int[sectorCount(from.end(), end)];
        long at = from.end();
        for (int i = 0; i < sectors.length; i++) {
            long next = Math.min(end, (at / SECTOR + 1) * SECTOR);
            sectors[i] = RecordFormat.crc(record, (int) (at - from.end()), (int) (next - from.end()));
            at = next;
        }
        return new Announcement(from.index(), from.end(), end, to, sectors);
    }

    /** Announces what is durable already. */
    static Announcement ofDurable(long fromIndex, long fromEnd, Mark to) {
        return new Announcement(fromIndex, fromEnd, to.end(), to, new int[0]);
    }

    static int sectorCount(long from, long end) {
        return (int) ((end - 1) / SECTOR - from / SECTOR + 1);
    }

    /** Whether the bytes on disk are what a power cut leaves of the announced ones: they were never acknowledged. */
    boolean isCutShort(LogFile file) throws IOException {
        if (sectors.length == 0) {
            return false;
        }
        boolean blank = false;
        long at = fromEnd;
        for (int expected : sectors) {
            long next = Math.min(bytesEnd, (at / SECTOR + 1) * SECTOR);
            ByteBuffer part = ByteBuffer.allocate((int) (next - at));
            file.read(part, at);
            part.flip();
            if (RecordFormat.crc(part, 0, part.limit()) != expected) {
                if (!Blank.isBlank(part)) {
                    return false;
                }
                blank = true;
            }
            at = next;
        }
        return blank;
    }
}
