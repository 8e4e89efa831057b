package io.dtx.runtime.coordinator;

import io.dtx.TransactionId;
import io.dtx.runtime.log.WireWriter;
import io.dtx.runtime.protocol.StepState;
import io.dtx.runtime.protocol.TransactionState;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Transactions as bytes, many in one array: hundreds of thousands of them are a few hundred objects for the collector. An array is
 * let go once nothing in it is wanted. One thread writes; bytes that were written never change, and may be read on any thread.
 */
final class TransactionSlab {

    private static final int CHUNK_BYTES_MIN = 1 << 10;
    private static final int CHUNK_BITS = 16;
    private static final int ID_PARTS = 3;
    private static final int WEIGHT = ID_PARTS * Long.BYTES; // behind the parts of the id
    private static final int ALONE = WEIGHT + Long.BYTES;
    private static final int LENGTH = ALONE + 1;
    private static final int HEADER = LENGTH + Integer.BYTES;

    private final Map<Integer, Chunk> chunks = new HashMap<>();
    private Chunk filling = new Chunk(0, ByteBuffer.allocate(0));

    private static final class Chunk {
        final int number;
        final ByteBuffer bytes;
        int wanted;

        Chunk(int number, ByteBuffer bytes) {
            this.number = number;
            this.bytes = bytes;
        }
    }

    /** Bytes of a slab as they were at a moment. */
    static final class Copy {
        private final Map<Integer, Chunk> chunks;

        private Copy(Map<Integer, Chunk> chunks) {
            this.chunks = new HashMap<>(chunks);
        }

        /** Returns a transaction's bytes, as {@link StateCodec} writes them. */
        byte[] bytes(long position) {
            return TransactionSlab.bytes(chunk(chunks, position), position);
        }

        /** Returns the id of the transaction there. */
        TransactionId id(long position) {
            return TransactionSlab.id(chunk(chunks, position), position);
        }
    }

    /** Adds a transaction; returns its position, which no other one will ever have. */
    long add(TransactionState tx) {
        int start = filling.bytes.position();
        if (filling.bytes.remaining() > HEADER) {
            try {
                return add(tx, start, () -> StateCodec.write(tx, new WireWriter(filling.bytes)));
            } catch (BufferOverflowException e) {
                filling.bytes.position(start);
            }
        }
        byte[] encoded = StateCodec.encode(tx);
        next(HEADER + encoded.length);
        return add(tx, 0, () -> filling.bytes.put(encoded));
    }

    private long add(TransactionState tx, int start, Runnable body) {
        ByteBuffer bytes = filling.bytes;
        bytes.putLong(tx.id().cluster())
                .putLong(tx.id().session())
                .putLong(tx.id().number());
        bytes.putLong(0).put((byte) (isAlone(tx) ? 1 : 0)).putInt(0);
        body.run();
        int taken = bytes.position() - start;
        bytes.putLong(start + WEIGHT, Math.max(tx.bytes(), taken));
        bytes.putInt(start + LENGTH, taken - HEADER);
        filling.wanted++;
        return (long) filling.number << CHUNK_BITS | start;
    }

    private static boolean isAlone(TransactionState tx) {
        for (StepState step : tx.steps()) {
            if (step.intent().executor() != tx.id().session()) {
                return false;
            }
        }
        return true;
    }

    /** Begins another array; one that is larger than others holds one transaction only. */
    private void next(int bytesMin) {
        if (filling.wanted == 0) {
            chunks.remove(filling.number);
        }
        int usual = Math.min(1 << CHUNK_BITS, Math.max(CHUNK_BYTES_MIN, 2 * filling.bytes.capacity()));
        filling = new Chunk(filling.number + 1, ByteBuffer.allocate(Math.max(usual, bytesMin)));
        chunks.put(filling.number, filling);
    }

    /** Returns whether the transaction there has this id. */
    boolean has(long position, TransactionId id) {
        ByteBuffer bytes = chunk(chunks, position).bytes;
        int at = offset(position);
        return bytes.getLong(at + 2 * Long.BYTES) == id.number()
                && bytes.getLong(at + Long.BYTES) == id.session()
                && bytes.getLong(at) == id.cluster();
    }

    /** Returns the id of the transaction there. */
    TransactionId id(long position) {
        return id(chunk(chunks, position), position);
    }

    /** Compares the ids of the transactions there, as they compare themselves; makes no objects, for there may be many to sort. */
    int compareIds(long position, long other) {
        ByteBuffer bytes = chunk(chunks, position).bytes;
        ByteBuffer otherBytes = chunk(chunks, other).bytes;
        int at = offset(position);
        int otherAt = offset(other);
        int order = Long.compareUnsigned(bytes.getLong(at), otherBytes.getLong(otherAt));
        for (int part = 1; order == 0 && part < ID_PARTS; part++) {
            order = Long.compare(
                    bytes.getLong(at + part * Long.BYTES), otherBytes.getLong(otherAt + part * Long.BYTES));
        }
        return order;
    }

    /** Returns what the transaction there counts as: what it did when it ended, or the bytes that it takes here if those are more. */
    long weight(long position) {
        return weight(chunk(chunks, position), position);
    }

    /** Returns the transaction there. */
    TransactionState get(long position) {
        return StateCodec.transaction(bytes(chunk(chunks, position), position));
    }

    /** Lets the transaction there go, and returns it. */
    Departed remove(long position) {
        Chunk chunk = chunk(chunks, position);
        if (--chunk.wanted == 0 && chunk.number != filling.number) {
            chunks.remove(chunk.number);
        }
        return new Departed(
                id(chunk, position),
                weight(chunk, position),
                chunk.bytes.get(offset(position) + ALONE) == 1,
                () -> StateCodec.transaction(bytes(chunk, position)));
    }

    /** Returns what is there now, for any thread. */
    Copy copy() {
        return new Copy(chunks);
    }

    private static Chunk chunk(Map<Integer, Chunk> chunks, long position) {
        return Objects.requireNonNull(chunks.get((int) (position >>> CHUNK_BITS)));
    }

    private static int offset(long position) {
        return (int) (position & ((1 << CHUNK_BITS) - 1));
    }

    private static TransactionId id(Chunk chunk, long position) {
        int at = offset(position);
        return new TransactionId(
                chunk.bytes.getLong(at),
                chunk.bytes.getLong(at + Long.BYTES),
                chunk.bytes.getLong(at + 2 * Long.BYTES));
    }

    private static long weight(Chunk chunk, long position) {
        return chunk.bytes.getLong(offset(position) + WEIGHT);
    }

    private static byte[] bytes(Chunk chunk, long position) {
        int at = offset(position);
        byte[] encoded = new byte[chunk.bytes.getInt(at + LENGTH)];
        chunk.bytes.get(at + HEADER, encoded);
        return encoded;
    }
}
