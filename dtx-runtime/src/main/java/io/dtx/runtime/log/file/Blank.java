package io.dtx.runtime.log.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Space that holds nothing but zeros. */
final class Blank {

    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 20).asReadOnlyBuffer();

    private Blank() {}

    /** Whether all that remains in the buffer is zero. */
    static boolean isBlank(ByteBuffer bytes) {
        ByteBuffer rest = bytes.duplicate();
        while (rest.hasRemaining()) {
            ByteBuffer part = rest.slice(rest.position(), Math.min(rest.remaining(), ZEROS.capacity()));
            if (!part.equals(ZEROS.duplicate().limit(part.limit()))) {
                return false;
            }
            rest.position(rest.position() + part.limit());
        }
        return true;
    }

    /** Returns the offset behind the last byte of a file that is not zero, or {@code from} if there is none behind that. */
    static long usedEnd(LogFile file, long from, long end) throws IOException {
        ByteBuffer part = ByteBuffer.allocate((int) Math.min(1 << 20, Math.max(0, end - from)));
        long used = from;
        for (long at = from; at < end; at += part.limit()) {
            file.read(part.clear().limit((int) Math.min(part.capacity(), end - at)), at);
            part.flip();
            for (int i = isBlank(part) ? 0 : part.limit(); i > 0; i--) {
                if (part.get(i - 1) != 0) {
                    used = at + i;
                    break;
                }
            }
            if (part.limit() == 0) {
                break;
            }
        }
        return used;
    }

    /** Blanks a part of a file. */
    static void write(LogFile file, long from, long end) throws IOException {
        for (long at = from; at < end; ) {
            int length = (int) Math.min(ZEROS.capacity(), end - at);
            file.write(ZEROS.duplicate().limit(length), at);
            at += length;
        }
    }
}
