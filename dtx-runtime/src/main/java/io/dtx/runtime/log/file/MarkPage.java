package io.dtx.runtime.log.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The high-water mark of a segment, in the second page of its file. Two slots in turn take the {@link Announcement} of each
 * append, under the same force as its record. Two sectors in turn take the acknowledged mark after that force, without one of
 * their own: a record at or below it has been on disk. Whichever write is torn, the other slot holds. Used by one thread.
 */
final class MarkPage {

    static final int OFFSET = 4096;
    static final int BYTES = 4096;

    private static final int SLOT = 1536;
    private static final int ACKNOWLEDGED = 2 * SLOT;
    private static final int ACKNOWLEDGED_BYTES = 40;
    private static final int TABLE = 64;

    /** More sectors than this have to be durable before their mark is written. */
    static final int SECTORS_MAX = (SLOT - TABLE) / Integer.BYTES;

    private final LogFile file;
    private final ByteBuffer slot = ByteBuffer.allocateDirect(SLOT);
    private final @Nullable Announcement announcement;
    private final @Nullable Mark acknowledged;
    private int slotTurn;
    private int acknowledgedTurn;

    private MarkPage(LogFile file, ByteBuffer page) {
        this.file = file;
        Announcement first = announcement(page.slice(0, SLOT));
        Announcement second = announcement(page.slice(SLOT, SLOT));
        slotTurn = first != null
                        && (second == null || first.to().index() > second.to().index())
                ? 1
                : 0;
        announcement = slotTurn == 1 ? first : second;
        Mark even = acknowledged(page.slice(ACKNOWLEDGED, Announcement.SECTOR));
        Mark odd = acknowledged(page.slice(ACKNOWLEDGED + Announcement.SECTOR, Announcement.SECTOR));
        acknowledgedTurn = even != null && (odd == null || even.index() > odd.index()) ? 1 : 0;
        acknowledged = acknowledgedTurn == 1 ? even : odd;
    }

    /** Reads the page of a segment. */
    static MarkPage read(LogFile file) throws IOException {
        ByteBuffer page = ByteBuffer.allocate(BYTES);
        file.read(page, OFFSET);
        return new MarkPage(file, page.clear());
    }

    /** What was announced last, when the page was read; null if nothing was. */
    @Nullable
    Announcement announcement() {
        return announcement;
    }

    /** What was acknowledged last, when the page was read; null if damaged. */
    @Nullable
    Mark acknowledged() {
        return acknowledged;
    }

    /** Writes a mark that becomes durable with the next force. */
    void announce(Announcement next) throws IOException {
        slot.clear().position(4);
        slot.putInt(next.sectors().length);
        put(next.to());
        slot.putLong(next.fromIndex()).putLong(next.fromEnd()).putLong(next.bytesEnd());
        for (int sector : next.sectors()) {
            slot.putInt(sector);
        }
        writeSlot(OFFSET + (long) slotTurn * SLOT);
        slotTurn ^= 1;
    }

    /** Notes that everything up to the mark has been forced. */
    void acknowledge(Mark mark) throws IOException {
        slot.clear().position(4);
        slot.putInt(0);
        put(mark);
        writeSlot(OFFSET + ACKNOWLEDGED + (long) acknowledgedTurn * Announcement.SECTOR);
        acknowledgedTurn ^= 1;
    }

    private void put(Mark mark) {
        slot.putLong(mark.index()).putLong(mark.term()).putLong(mark.chain()).putLong(mark.end());
    }

    private void writeSlot(long offset) throws IOException {
        slot.flip();
        slot.putInt(0, RecordFormat.crc(slot, 4, slot.limit()));
        file.write(slot, offset);
    }

    private static @Nullable Announcement announcement(ByteBuffer slot) {
        int count = slot.getInt(4);
        if (count < 0 || count > SECTORS_MAX || !isIntact(slot, TABLE + count * Integer.BYTES)) {
            return null;
        }
        int[] sectors = new int[count];
        slot.position(TABLE).slice().asIntBuffer().get(sectors);
        return new Announcement(slot.getLong(40), slot.getLong(48), slot.getLong(56), mark(slot), sectors);
    }

    private static @Nullable Mark acknowledged(ByteBuffer slot) {
        return isIntact(slot, ACKNOWLEDGED_BYTES) ? mark(slot) : null;
    }

    private static Mark mark(ByteBuffer slot) {
        return new Mark(slot.getLong(8), slot.getLong(16), slot.getLong(24), slot.getLong(32));
    }

    private static boolean isIntact(ByteBuffer slot, int bytes) {
        return RecordFormat.crc(slot, 4, bytes) == slot.getInt(0);
    }
}
