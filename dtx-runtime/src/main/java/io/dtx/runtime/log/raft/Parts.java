package io.dtx.runtime.log.raft;

import io.dtx.runtime.log.EntryCodec;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts of a long message together again, for one connection: they arrive in order, one message after the other. What
 * does not fit gives the message up. Used by one thread at a time.
 */
final class Parts {

    /** Tag, number of the message, place of the part, length of the whole. */
    static final int HEADER = 1 + 8 + 4 + 4;

    private static final int MESSAGE_BYTES_MAX = EntryCodec.ENTRY_BYTES_MAX + (2 << 20);

    private long number = -1;
    private byte[] message = new byte[0];
    private int length;

    /** Takes a part; returns the message if that was the last one. */
    byte @Nullable [] add(byte[] bytes) {
        ByteBuffer part = ByteBuffer.wrap(bytes);
        if (bytes.length <= HEADER) {
            return null;
        }
        part.get();
        long of = part.getLong();
        int at = part.getInt();
        int whole = part.getInt();
        if (at == 0 && whole > 0 && whole <= MESSAGE_BYTES_MAX) {
            number = of;
            message = new byte[whole];
            length = 0;
        }
        if (of != number || at != length || whole != message.length || part.remaining() > whole - length) {
            forget();
            return null;
        }
        int count = part.remaining();
        part.get(message, length, count);
        length += count;
        if (length < whole) {
            return null;
        }
        byte[] complete = message;
        forget();
        return complete;
    }

    private void forget() {
        number = -1;
        message = new byte[0];
        length = 0;
    }
}
