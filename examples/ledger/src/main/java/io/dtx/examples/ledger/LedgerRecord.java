package io.dtx.examples.ledger;

import io.dtx.spi.BranchId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger writes: its name, once; that a branch is prepared, with its entries, or has ended. Its length, a checksum of it,
 * then what it says.
 *
 * @param subject the branch it is about; the ledger's name where it says that
 * @param entries those of a branch that is prepared, else empty
 */
record LedgerRecord(Kind kind, String subject, List<Entry> entries) {

    private static final int HEADER = 8;
    private static final int BYTES_MAX = 1 << 20;

    /** What it says, as it is written. */
    enum Kind {
        NAMED('N'),
        PREPARED('P'),
        COMMITTED('C'),
        ABORTED('A');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        static Kind of(int letter) throws IOException {
            for (Kind each : values()) {
                if (each.letter == letter) {
                    return each;
                }
            }
            throw new IOException("a later version has written '" + (char) letter + "'");
        }
    }

    LedgerRecord(Kind kind, BranchId branch, List<Entry> entries) {
        this(kind, branch.toString(), entries);
    }

    /** Returns a name that no other ledger has. */
    static LedgerRecord newName() {
        return new LedgerRecord(Kind.NAMED, UUID.randomUUID().toString(), List.of());
    }

    BranchId branch() {
        return BranchId.parse(subject);
    }

    ByteBuffer encode() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeByte(kind.letter);
        out.writeUTF(subject);
        out.writeInt(entries.size());
        for (Entry each : entries) {
            out.writeUTF(each.account());
            out.writeLong(each.cents());
        }
        if (body.size() > BYTES_MAX) {
            throw new IOException("the entries of " + subject + " are too many for one record");
        }
        byte[] bytes = body.toByteArray();
        return ByteBuffer.allocate(HEADER + bytes.length)
                .putInt(bytes.length)
                .putInt(checksum(bytes))
                .put(bytes)
                .flip();
    }

    /**
     * Reads the record at a buffer's position, and moves behind it.
     *
     * @return null, without moving: there is no whole record
     */
    static @Nullable LedgerRecord read(ByteBuffer from) throws IOException {
        byte[] body = body(from, from.position());
        if (body == null) {
            return null;
        }
        from.position(from.position() + HEADER + body.length);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
        Kind kind = Kind.of(in.readUnsignedByte());
        String subject = in.readUTF();
        List<Entry> entries = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            entries.add(new Entry(in.readUTF(), in.readLong()));
        }
        return new LedgerRecord(kind, subject, List.copyOf(entries));
    }

    /** Returns whether a whole record begins anywhere behind a buffer's position. */
    static boolean followIn(ByteBuffer from) {
        for (int at = from.position() + 1; at < from.limit(); at++) {
            if (body(from, at) != null) {
                return true;
            }
        }
        return false;
    }

    private static byte @Nullable [] body(ByteBuffer from, int at) {
        if (from.limit() - at < HEADER) {
            return null;
        }
        int length = from.getInt(at);
        if (length <= 0 || length > BYTES_MAX || length > from.limit() - at - HEADER) {
            return null;
        }
        byte[] body = new byte[length];
        from.get(at + HEADER, body);
        return checksum(body) == from.getInt(at + 4) ? body : null;
    }

    private static int checksum(byte[] body) {
        CRC32C sum = new CRC32C();
        sum.update(body);
        return (int) sum.getValue();
    }
}
