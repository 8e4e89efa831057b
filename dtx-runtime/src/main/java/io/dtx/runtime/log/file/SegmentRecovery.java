package io.dtx.runtime.log.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Reads a segment from the first record to the last, and decides what the end of the newest one is: a torn tail beyond the
 * mark, which is cut, or damage, which nobody but an operator can repair.
 */
final class SegmentRecovery {

    /** Takes the records, in order. */
    interface Visitor {
        void record(Mark mark, ByteBuffer body, LogFile file);
    }

    private static final int INDEX_WINDOW = 1 << 20;

    private final LogFile file;
    private final SegmentHeader header;
    private final MarkPage marks;
    private final RecordScan scan;
    private final SparseIndex places;
    private final long tornMax;

    /**
     * Begins with the first record.
     *
     * @param tornMax how many bytes behind the last intact record one write of several may have left, in any order; 0 if each
     *     write was one record
     */
    SegmentRecovery(LogFile file, SegmentHeader header, long tornMax) throws IOException {
        this.file = file;
        this.tornMax = tornMax;
        this.header = header;
        this.marks = MarkPage.read(file);
        this.scan = new RecordScan(file, header.start(), header.bytes());
        this.places = new SparseIndex(header);
    }

    /** Recovers a segment that another one follows: it must end where that one begins. */
    Segment recoverOlder(SegmentHeader next, Visitor visitor) throws IOException {
        while (scan.mark().index() < next.first() - 1 && step(visitor)) {
            // the visitor does the work
        }
        if (scan.mark().index() != next.first() - 1 || scan.mark().chain() != next.chainBefore()) {
            throw damaged("the segment behind it goes on from record " + (next.first() - 1));
        }
        return segment();
    }

    /** Recovers the newest segment: cuts what was never acknowledged, and makes the rest durable where it may not be yet. */
    Segment recoverNewest(Visitor visitor) throws IOException {
        Mark acknowledged = marks.acknowledged();
        if (acknowledged == null) {
            throw Damage.at(file.path(), MarkPage.OFFSET, "its high-water mark fails its checksum");
        }
        Announcement announced = Objects.requireNonNullElseGet(
                marks.announcement(),
                () -> Announcement.ofDurable(acknowledged.index(), acknowledged.end(), acknowledged));
        while (step(visitor)) {
            requireSame(acknowledged);
            requireSame(announced.to());
        }
        Mark end = scan.mark();
        boolean ahead = announced.fromIndex() > acknowledged.index();
        long floor = ahead ? announced.fromIndex() : acknowledged.index();
        if (end.index() < floor) {
            throw damaged("everything up to record " + floor + " was acknowledged");
        }
        boolean cutShort = end.index() < announced.to().index();
        if (cutShort && !announced.isCutShort(file)) {
            throw damaged("everything up to record " + announced.to().index() + " was acknowledged");
        }
        long used = Blank.usedEnd(file, end.end(), header.bytes());
        requireNothingBehind(cutShort ? announced.bytesEnd() : end.end() + tornMax, used);
        if (cutShort || end.index() != acknowledged.index() || used != end.end()) {
            repair(ahead ? announced.fromEnd() : acknowledged.end(), end, used);
        }
        return segment();
    }

    private boolean step(Visitor visitor) throws IOException {
        long offset = scan.mark().end();
        if (!scan.next()) {
            return false;
        }
        places.add(scan.mark().index(), offset);
        visitor.record(scan.mark(), scan.body(), file);
        return true;
    }

    private void requireSame(Mark mark) {
        if (scan.mark().index() == mark.index() && !scan.mark().equals(mark)) {
            throw Damage.at(
                    file.path(), scan.mark().end(), "record " + mark.index() + " is not the one that was marked");
        }
    }

    /** A crash tears the last write only: an intact record behind a bad one means that the bad one was damaged later. */
    private void requireNothingBehind(long from, long used) throws IOException {
        if (scan.stop() == RecordScan.Stop.STRANGE) {
            throw damaged(
                    "it is intact, but does not follow record " + scan.mark().index());
        }
        if (used <= from) {
            return;
        }
        ByteBuffer rest = ByteBuffer.allocate((int) (header.bytes() - from));
        file.read(rest, from);
        rest.flip();
        int last = Math.min((int) (used - from), rest.limit() - RecordFormat.HEADER);
        for (int at = (int) (RecordFormat.aligned(from) - from); at <= last; at += RecordFormat.ALIGNMENT) {
            long ahead = RecordFormat.index(rest, at) - scan.mark().index();
            int length = RecordFormat.length(rest, at);
            if (ahead > 0
                    && ahead < INDEX_WINDOW
                    && length > 0
                    && length <= rest.limit() - at - RecordFormat.HEADER
                    && RecordFormat.isIntact(rest, at)) {
                throw damaged("record " + RecordFormat.index(rest, at) + " behind it, at byte " + (from + at)
                        + ", is intact");
            }
        }
    }

    private void repair(long floorEnd, Mark end, long used) throws IOException {
        // Written again: an earlier process may have seen the write fail, and what was read is only in the cache.
        ByteBuffer again = ByteBuffer.allocate((int) (end.end() - floorEnd));
        file.read(again, floorEnd);
        file.write(again.flip(), floorEnd);
        Blank.write(file, end.end(), used);
        file.force();
        // Into both slots: what was announced and cut must not be taken for another record with that index.
        marks.announce(Announcement.ofDurable(end.index(), end.end(), end));
        marks.announce(Announcement.ofDurable(end.index(), end.end(), end));
        marks.acknowledge(end);
        file.force();
    }

    private Segment segment() {
        return new Segment(file, header, marks, places, scan.mark());
    }

    private RuntimeException damaged(String evidence) {
        long index = scan.mark().index() + 1;
        String what = switch (scan.stop()) {
            case BLANK -> "record " + index + " is missing";
            case BAD -> "record " + index + " fails its checksum";
            case STRANGE -> "a record is where record " + index + " should be";
        };
        return Damage.at(file.path(), scan.mark().end(), what + ", but " + evidence);
    }
}
