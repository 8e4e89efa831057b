package io.dtx.runtime.log;

import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.LogEntry;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.SessionBatch;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of an entry: version, time, wall clock, batches. Index and term are not among them; they belong to the record that
 * a log wraps around an entry, because a replicated log learns them later. The layout is pinned by golden bytes in the tests.
 */
public final class EntryCodec {

    /** An entry's bytes are at most this many. */
    public static final int ENTRY_BYTES_MAX = 16 << 20;

    /** An entry's commands are at most this many. */
    public static final int ENTRY_COMMANDS_MAX = 1 << 16;

    private static final byte VERSION = 1;
    private static final int BATCH_BYTES_MIN = 4;
    private static final int COMMAND_BYTES_MIN = 2;
    private static final int COMMAND_BYTES_USUAL = 160; // beside what it carries: ids, names, a schedule
    private static final int BATCH_BYTES_USUAL = 32;

    private EntryCodec() {}

    /**
     * Writes an entry into a buffer of its own, behind some room for the caller's own header.
     *
     * @param headroom bytes that are left free at the start of the buffer
     * @return from 0 to its limit it holds headroom and entry
     * @throws IllegalArgumentException if the entry is too large
     */
    public static ByteBuffer encode(LogEntry entry, int headroom) {
        return encode(entry, headroom, ByteBuffer.allocate(headroom + usualBytes(entry)));
    }

    /**
     * Writes an entry behind some room for the caller's own header.
     *
     * @param headroom bytes that are left free at the start of the buffer
     * @param buffer used if the entry fits into it
     * @return the buffer, or a larger one of its kind; from 0 to its limit it holds headroom and entry
     * @throws IllegalArgumentException if the entry is too large
     */
    public static ByteBuffer encode(LogEntry entry, int headroom, ByteBuffer buffer) {
        requireFewCommands(entry.batches());
        ByteBuffer target = buffer.capacity() < headroom ? larger(buffer, headroom) : buffer;
        while (!fits(entry, target.clear().position(headroom))) {
            target = larger(target, headroom);
        }
        if (target.flip().limit() - headroom > ENTRY_BYTES_MAX) {
            throw tooLarge();
        }
        return target;
    }

    /**
     * Reads an entry.
     *
     * @param index from the record around it, as {@code term}
     * @throws LogDamagedException if the bytes are not an entry, or one of a later version
     */
    public static LogEntry decode(long index, long term, ByteBuffer bytes) {
        WireReader in = new WireReader(bytes);
        requireVersion(in);
        long time = in.readLong();
        long wallClock = in.readLong();
        int count = in.readCount(BATCH_BYTES_MIN);
        List<SessionBatch> batches = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            batches.add(readBatch(in));
        }
        if (in.remaining() > 0) {
            throw new LogDamagedException(
                    "DTX-5003 " + in.remaining() + " bytes follow the last batch of an entry", null);
        }
        return new LogEntry(index, term, time, wallClock, batches);
    }

    /**
     * Reads what one command of an entry carries: arguments, a result or a decision; nothing if it carries none.
     *
     * @param ordinal {@link Payload#ordinal()}
     * @throws IllegalArgumentException if the entry has no such command
     * @throws LogDamagedException if the bytes are not an entry
     */
    public static byte[] payload(int ordinal, ByteBuffer bytes) {
        WireReader in = new WireReader(bytes);
        requireVersion(in);
        in.readLong();
        in.readLong();
        int left = ordinal;
        for (int batches = in.readCount(BATCH_BYTES_MIN); batches > 0; batches--) {
            in.readLong();
            in.readLong();
            in.readLong();
            int commands = in.readCount(COMMAND_BYTES_MIN);
            for (int i = 0; i < commands; i++, left--) {
                if (left == 0) {
                    return payload(CommandCodec.read(in));
                }
                CommandCodec.skip(in);
            }
        }
        throw new IllegalArgumentException("no command " + ordinal + " in the entry");
    }

    /**
     * Reads what each command of an entry carries, in their order; nothing for one that carries none.
     *
     * @throws LogDamagedException if the bytes are not an entry
     */
    public static List<byte[]> payloads(ByteBuffer bytes) {
        return decode(0, 0, bytes).batches().stream()
                .flatMap(batch -> batch.commands().stream())
                .map(EntryCodec::payload)
                .toList();
    }

    /** Returns about how many bytes an entry takes, rather more: to write it again into a larger buffer takes far longer. */
    private static int usualBytes(LogEntry entry) {
        long bytes = BATCH_BYTES_USUAL;
        for (SessionBatch batch : entry.batches()) {
            bytes += BATCH_BYTES_USUAL;
            for (LogCommand command : batch.commands()) {
                byte[] carried = CommandCodec.payload(command);
                bytes += COMMAND_BYTES_USUAL + (carried == null ? 0 : carried.length);
            }
        }
        return (int) Math.min(bytes, ENTRY_BYTES_MAX);
    }

    private static boolean fits(LogEntry entry, ByteBuffer buffer) {
        try {
            write(entry, new WireWriter(buffer));
            return true;
        } catch (BufferOverflowException e) {
            return false;
        }
    }

    private static void write(LogEntry entry, WireWriter out) {
        out.writeByte(VERSION);
        out.writeLong(entry.time());
        out.writeLong(entry.wallClock());
        out.writeInt(entry.batches().size());
        for (SessionBatch batch : entry.batches()) {
            out.writeLong(batch.session());
            out.writeLong(batch.first());
            out.writeLong(batch.lowWaterMark());
            out.writeInt(batch.commands().size());
            for (LogCommand command : batch.commands()) {
                CommandCodec.write(command, out);
            }
        }
    }

    private static SessionBatch readBatch(WireReader in) {
        long session = in.readLong();
        long first = in.readLong();
        long lowWaterMark = in.readLong();
        int count = in.readCount(COMMAND_BYTES_MIN);
        List<LogCommand> commands = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            commands.add(CommandCodec.read(in));
        }
        return new SessionBatch(session, first, lowWaterMark, commands);
    }

    private static byte[] payload(LogCommand command) {
        byte[] bytes = CommandCodec.payload(command);
        return bytes == null ? new byte[0] : bytes;
    }

    private static void requireVersion(WireReader in) {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new LogDamagedException(
                    "DTX-5004 an entry has version " + version + ", this version of dtx reads " + VERSION
                            + "; start the version that wrote the log, or a later one",
                    null);
        }
    }

    private static void requireFewCommands(List<SessionBatch> batches) {
        int commands = 0;
        for (SessionBatch batch : batches) {
            commands += batch.commands().size();
        }
        if (commands > ENTRY_COMMANDS_MAX) {
            throw tooLarge();
        }
    }

    private static ByteBuffer larger(ByteBuffer buffer, int headroom) {
        if (buffer.capacity() - headroom > ENTRY_BYTES_MAX) {
            throw tooLarge();
        }
        int capacity = Math.max(buffer.capacity() * 2, headroom + 256);
        return buffer.isDirect() ? ByteBuffer.allocateDirect(capacity) : ByteBuffer.allocate(capacity);
    }

    private static IllegalArgumentException tooLarge() {
        return new IllegalArgumentException("DTX-5005 an entry takes at most " + ENTRY_COMMANDS_MAX + " commands and "
                + ENTRY_BYTES_MAX + " bytes; append fewer commands at once, or smaller arguments");
    }
}
