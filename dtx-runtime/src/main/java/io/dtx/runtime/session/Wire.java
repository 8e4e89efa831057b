package io.dtx.runtime.session;

import io.dtx.TransactionId;
import io.dtx.TransactionStatus;
import io.dtx.runtime.log.EntryCodec;
import io.dtx.runtime.log.LogDamagedException;
import io.dtx.runtime.log.WireReader;
import io.dtx.runtime.log.WireWriter;
import io.dtx.runtime.protocol.Action;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.Reply;
import io.dtx.runtime.protocol.SessionBatch;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of what processes ask members, and of the answers: a tag, then the fields. Tags are never reused; golden bytes in
 * the tests pin them. A batch of commands travels as the log stores it.
 */
final class Wire {

    static final byte HELLO = 1;
    static final byte APPLY = 2;
    static final byte HEARTBEAT = 3;
    static final byte TRANSACTION = 4;
    static final byte TRANSACTIONS = 5;
    static final byte SESSIONS = 6;
    static final byte PENDING = 7;
    static final byte READ = 8;
    static final byte BARRIER = 9;
    static final byte STATUS = 10;
    static final byte ROSTER = 11;
    static final byte ADD = 12;
    static final byte REMOVE = 13;
    static final byte TRANSFER = 14;
    static final byte DECISIONS = 15;
    static final byte PART = 16;
    static final byte BACKUP = 17;
    static final byte BACKUP_PIECE = 18;

    static final byte OK = 1;
    static final byte NOT_LEADING = 2;
    static final byte REFUSED = 3;

    private static final int BYTES_MAX = 1 << 20;
    private static final int BYTES_USUAL = 1 << 10; // at most: to write a message again takes longer than to copy it

    private Wire() {}

    /** Writes a tag and fields into as few bytes as they take. */
    static byte[] message(byte tag, Consumer<WireWriter> fields) {
        for (int capacity = BYTES_USUAL; capacity <= 4 * BYTES_MAX; capacity *= 4) {
            ByteBuffer buffer = ByteBuffer.allocate(capacity);
            try {
                WireWriter out = new WireWriter(buffer);
                out.writeByte(tag);
                fields.accept(out);
                byte[] bytes = new byte[buffer.flip().remaining()];
                buffer.get(bytes);
                return bytes;
            } catch (BufferOverflowException e) {
                continue; // into a larger one
            }
        }
        throw new IllegalArgumentException("DTX-7040 a message to or from a member is larger than " + BYTES_MAX
                + " bytes: record smaller arguments or results");
    }

    static byte[] batch(SessionBatch batch) {
        ByteBuffer entry = EntryCodec.encode(new LogEntry(0, 0, 0, 0, List.of(batch)), 1);
        byte[] bytes = new byte[entry.limit()];
        entry.get(0, bytes);
        bytes[0] = APPLY;
        return bytes;
    }

    /** Reads a batch behind its tag. */
    static SessionBatch batch(ByteBuffer bytes) {
        List<SessionBatch> batches = EntryCodec.decode(0, 0, bytes).batches();
        if (batches.size() != 1) {
            throw new LogDamagedException("DTX-7041 a session sends one batch at a time, not " + batches.size(), null);
        }
        return batches.get(0);
    }

    static void write(TransactionId id, WireWriter out) {
        out.writeFixedLong(id.cluster());
        out.writeLong(id.session());
        out.writeLong(id.number());
    }

    static TransactionId id(WireReader in) {
        return new TransactionId(in.readFixedLong(), in.readLong(), in.readLong());
    }

    static void write(Action action, WireWriter out) {
        write(action.transaction(), out);
        out.writeFixedLong(action.step());
        out.writeInt(action.attempt());
    }

    static Action action(WireReader in) {
        return new Action(id(in), in.readFixedLong(), in.readInt());
    }

    static void write(Payload payload, WireWriter out) {
        out.writeLong(payload.index());
        out.writeInt(payload.ordinal());
    }

    static Payload payload(WireReader in) {
        return new Payload(in.readLong(), in.readInt());
    }

    static void write(Reply reply, WireWriter out) {
        out.writeByte(tag(reply.kind()));
        out.writeByte(tag(reply.status()));
        out.writeLong(reply.value());
        out.writeString(reply.code());
    }

    static Reply reply(WireReader in) {
        Reply.Kind kind = kind(in.readByte());
        return new Reply(kind, status(in.readByte()), in.readLong(), in.readString());
    }

    static <T> void write(List<T> list, WireWriter out, BiConsumer<T, WireWriter> element) {
        out.writeInt(list.size());
        list.forEach(each -> element.accept(each, out));
    }

    static <T> List<T> list(WireReader in, Function<WireReader, T> element) {
        int size = in.readCount(1);
        List<T> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(element.apply(in));
        }
        return list;
    }

    private static byte tag(Reply.Kind kind) {
        return switch (kind) {
            case ACCEPTED -> 1;
            case ALREADY -> 2;
            case FENCED -> 3;
            case FORGOTTEN -> 4;
            case REJECTED -> 5;
            case GAP -> 6;
        };
    }

    private static Reply.Kind kind(byte tag) {
        return switch (tag) {
            case 1 -> Reply.Kind.ACCEPTED;
            case 2 -> Reply.Kind.ALREADY;
            case 3 -> Reply.Kind.FENCED;
            case 4 -> Reply.Kind.FORGOTTEN;
            case 5 -> Reply.Kind.REJECTED;
            case 6 -> Reply.Kind.GAP;
            default -> throw unknown(tag);
        };
    }

    private static byte tag(@Nullable TransactionStatus status) {
        if (status == null) {
            return 0;
        }
        return switch (status) {
            case ACTIVE -> 1;
            case COMPLETING -> 2;
            case COMMITTED -> 3;
            case COMPENSATING -> 4;
            case COMPENSATED -> 5;
            case PARKED -> 6;
            case RESOLVED -> 7;
            case HEURISTIC_MIXED -> 8;
        };
    }

    static void write(TransactionStatus status, WireWriter out) {
        out.writeByte(tag(status));
    }

    static TransactionStatus present(WireReader in) {
        byte tag = in.readByte();
        TransactionStatus status = status(tag);
        if (status == null) {
            throw unknown(tag);
        }
        return status;
    }

    private static @Nullable TransactionStatus status(byte tag) {
        return switch (tag) {
            case 0 -> null;
            case 1 -> TransactionStatus.ACTIVE;
            case 2 -> TransactionStatus.COMPLETING;
            case 3 -> TransactionStatus.COMMITTED;
            case 4 -> TransactionStatus.COMPENSATING;
            case 5 -> TransactionStatus.COMPENSATED;
            case 6 -> TransactionStatus.PARKED;
            case 7 -> TransactionStatus.RESOLVED;
            case 8 -> TransactionStatus.HEURISTIC_MIXED;
            default -> throw unknown(tag);
        };
    }

    private static LogDamagedException unknown(byte tag) {
        return new LogDamagedException(
                "DTX-7042 a message has tag " + tag
                        + ", which this version of dtx does not know: run the same version of"
                        + " dtx, or a later one, on every member",
                null);
    }
}
