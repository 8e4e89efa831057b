package io.dtx.runtime.session;

import io.dtx.CoordinatorUnavailableException;
import io.dtx.TransactionId;
import io.dtx.runtime.coordinator.StateCodec;
import io.dtx.runtime.log.WireReader;
import io.dtx.runtime.protocol.TransactionState;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads transactions from members: the other end of {@link TransactionPages}. Thread-safe. */
final class TransactionReader {

    private static final int TRIES = 20;

    private final Function<byte[], WireReader> ask;

    /**
     * Creates it.
     *
     * @param ask sends a request and returns the answer's fields
     */
    TransactionReader(Function<byte[], WireReader> ask) {
        this.ask = ask;
    }

    /** Returns a transaction; null if there is none. */
    @Nullable
    TransactionState one(TransactionId id) {
        byte[] found = ask.apply(Wire.message(Wire.TRANSACTION, out -> Wire.write(id, out)))
                .readNullableBytes();
        return found == null ? null : found.length == 0 ? inParts(id) : StateCodec.transaction(found);
    }

    /**
     * Returns all of a kind.
     *
     * @param tag {@link Wire#TRANSACTIONS} or {@link Wire#DECISIONS}
     */
    List<TransactionState> all(byte tag) {
        List<TransactionState> all = new ArrayList<>();
        TransactionId last = null;
        boolean more = true;
        while (more) {
            TransactionId from = last;
            WireReader page = ask.apply(Wire.message(tag, out -> {
                out.writeByte(from == null ? 0 : 1);
                if (from != null) {
                    Wire.write(from, out);
                }
            }));
            for (int left = page.readCount(1); left > 0; left--) {
                byte[] bytes = page.readBytes();
                TransactionId large = bytes.length == 0 ? Wire.id(page) : null;
                TransactionState read = large == null ? StateCodec.transaction(bytes) : inParts(large);
                last = read == null ? large : read.id();
                if (read != null) {
                    all.add(read);
                }
            }
            more = page.readByte() == 1;
        }
        return all;
    }

    /** Puts one together that is larger than a page; begins again when it has changed meanwhile. */
    private @Nullable TransactionState inParts(TransactionId id) {
        for (int tries = 0; tries < TRIES; tries++) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            long checksum = 0;
            int length = 1;
            while (whole.size() < length) {
                int offset = whole.size();
                WireReader part = ask.apply(Wire.message(Wire.PART, out -> {
                    Wire.write(id, out);
                    out.writeInt(offset);
                }));
                length = part.readInt();
                long now = part.readFixedLong();
                byte[] bytes = part.readBytes();
                if (length == 0) {
                    return null;
                }
                if (bytes.length == 0 || (offset > 0 && now != checksum)) {
                    break;
                }
                checksum = now;
                whole.writeBytes(bytes);
            }
            byte[] bytes = whole.toByteArray();
            if (bytes.length == length && TransactionPages.checksum(bytes) == checksum) {
                return StateCodec.transaction(bytes);
            }
        }
        throw new CoordinatorUnavailableException(
                id, "DTX-7054 " + id + " is large, and changes while it is read: ask again", null);
    }
}
