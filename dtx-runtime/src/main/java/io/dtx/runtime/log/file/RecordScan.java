package io.dtx.runtime.log.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Walks over the records of a file from the first on, checking each, and stops at the end or at the first bad one. */
final class RecordScan {

    /** Why there is no further record. */
    enum Stop {
        /** Nothing was written here. */
        BLANK,
        /** Something is here that is no intact record. */
        BAD,
        /** An intact record is here that does not follow its predecessor. */
        STRANGE
    }

    private static final int WINDOW = 1 << 20;

    private final LogFile file;
    private final long fileEnd;
    private ByteBuffer window;
    private long windowStart;
    private Mark mark;
    private int at;
    private Stop stop = Stop.BLANK;

    /** Begins behind {@code start}, whose offset is that of the first record. */
    RecordScan(LogFile file, Mark start, long fileEnd) {
        this.file = file;
        this.fileEnd = fileEnd;
        this.mark = start;
        this.window = ByteBuffer.allocate((int) Math.min(WINDOW, Math.max(0, fileEnd - start.end())))
                .limit(0);
    }

    /** Goes to the next record; false when there is none. */
    boolean next() throws IOException {
        stop = Stop.BLANK;
        if (mark.end() + RecordFormat.HEADER > fileEnd || !load(RecordFormat.HEADER)) {
            return false;
        }
        if (RecordFormat.isBlank(window, at)) {
            return false;
        }
        stop = Stop.BAD;
        int length = RecordFormat.length(window, at);
        if (length <= 0 || length > fileEnd - mark.end() - RecordFormat.HEADER) {
            return false;
        }
        load(RecordFormat.HEADER + length);
        if (!RecordFormat.isIntact(window, at)) {
            return false;
        }
        stop = Stop.STRANGE;
        if (RecordFormat.chainBefore(window, at) != mark.chain()
                || RecordFormat.index(window, at) != mark.index() + 1
                || RecordFormat.term(window, at) < mark.term()) {
            return false;
        }
        mark = new Mark(
                mark.index() + 1,
                RecordFormat.term(window, at),
                RecordFormat.chainBehind(window, at),
                RecordFormat.aligned(mark.end() + RecordFormat.HEADER + length));
        return true;
    }

    /** Where the log stands behind the last record that was found. */
    Mark mark() {
        return mark;
    }

    /** The body of the record that {@link #next()} went to. */
    ByteBuffer body() {
        return RecordFormat.body(window, at);
    }

    /** Why {@link #next()} was false. */
    Stop stop() {
        return stop;
    }

    private boolean load(int bytes) throws IOException {
        at = (int) (mark.end() - windowStart);
        if (at + (long) bytes <= window.limit()) {
            return true;
        }
        if (window.capacity() < bytes) {
            window = ByteBuffer.allocate(bytes);
        }
        windowStart = mark.end();
        at = 0;
        window.clear().limit((int) Math.min(window.capacity(), fileEnd - windowStart));
        file.read(window, windowStart);
        window.flip();
        return window.limit() >= bytes;
    }
}
