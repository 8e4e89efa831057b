package io.dtx.runtime.session;

import io.dtx.TransactionId;
import io.dtx.runtime.coordinator.Member;
import io.dtx.runtime.coordinator.StateCodec;
import io.dtx.runtime.protocol.TransactionState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The transactions that a member answers with: page by page, and one that does not fit into a page in parts. Thread-safe. */
final class TransactionPages {

    /** A page is at most about so long, and so is a part. */
    static final int BYTES = 1 << 19;

    static final int PAGE_MAX = 512;

    private static final byte[] IN_PARTS = {};

    private final Member member;

    TransactionPages(Member member) {
        this.member = member;
    }

    /** Answers with one: nothing if it is not there, no bytes if it has to be asked for in parts. */
    byte[] one(TransactionId id) {
        TransactionState found = member.transaction(id);
        byte[] bytes = found == null ? null : StateCodec.encode(found);
        byte[] sent = bytes != null && bytes.length > BYTES ? IN_PARTS : bytes;
        return Wire.message(Wire.OK, out -> out.writeNullableBytes(sent));
    }

    /** Answers with a part of one: the length of the whole, or 0 if it is not there; a checksum of the whole; the part. */
    byte[] part(TransactionId id, int offset) {
        TransactionState found = member.transaction(id);
        byte[] bytes = found == null ? IN_PARTS : StateCodec.encode(found);
        int from = Math.max(0, Math.min(offset, bytes.length));
        byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + BYTES));
        return Wire.message(Wire.OK, out -> {
            out.writeInt(bytes.length);
            out.writeFixedLong(checksum(bytes));
            out.writeBytes(part);
        });
    }

    /** Answers with as many transactions behind one as fit, and whether there are more. */
    byte[] behind(@Nullable TransactionId last) {
        return page(member.transactionsBehind(last, PAGE_MAX));
    }

    /** Answers with decisions of two-phase commit that are not forgotten, as {@link #behind}. */
    byte[] decisionsBehind(@Nullable TransactionId last) {
        return page(member.decisionsBehind(last, PAGE_MAX));
    }

    private static byte[] page(List<TransactionState> present) {
        List<TransactionState> sent = new ArrayList<>();
        List<byte[]> encoded = new ArrayList<>();
        int bytes = 0;
        for (TransactionState each : present) {
            byte[] whole = StateCodec.encode(each);
            byte[] fits = whole.length > BYTES ? IN_PARTS : whole;
            if (bytes + fits.length > BYTES) {
                break;
            }
            bytes += fits.length;
            sent.add(each);
            encoded.add(fits);
        }
        boolean more = sent.size() < present.size() || present.size() == PAGE_MAX;
        return Wire.message(Wire.OK, out -> {
            out.writeInt(sent.size());
            for (int i = 0; i < sent.size(); i++) {
                out.writeBytes(encoded.get(i));
                if (encoded.get(i).length == 0) {
                    Wire.write(sent.get(i).id(), out);
                }
            }
            out.writeByte(more ? 1 : 0);
        });
    }

    static long checksum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return sum.getValue();
    }
}
