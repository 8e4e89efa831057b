package io.dtx.runtime.log.raft;

import com.alipay.sofa.jraft.entity.EnumOutter.EntryType;
import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.entity.PeerId;
import io.dtx.runtime.log.LogDamagedException;
import io.dtx.runtime.log.WireReader;
import io.dtx.runtime.log.WireWriter;
import io.dtx.runtime.log.file.RecordBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of records: that of an entry is what {@link io.dtx.runtime.log.EntryCodec} writes, whose first byte is its version;
 * others begin with a byte that no version has.
 */
final class RecordCodec {

    private static final byte CONFIGURATION = (byte) 0xC0;
    private static final byte NO_OPERATION = (byte) 0xC1;
    private static final int NAME_BYTES_MAX = 400;

    private RecordCodec() {}

    /** Adds an entry of consensus to a batch; false if the batch is full. */
    static boolean add(LogEntry entry, RecordBatch batch) {
        long term = entry.getId().getTerm();
        if (entry.getType() == EntryType.ENTRY_TYPE_DATA) {
            return batch.add(term, entry.getData());
        }
        return batch.add(
                term,
                entry.getType() == EntryType.ENTRY_TYPE_CONFIGURATION
                        ? configuration(entry)
                        : ByteBuffer.wrap(new byte[] {NO_OPERATION}));
    }

    /** The record with which a cluster of these members begins. */
    static RecordBatch first(long term, List<Member> members) {
        LogEntry entry = new LogEntry(EntryType.ENTRY_TYPE_CONFIGURATION);
        entry.getId().setTerm(term);
        entry.setPeers(members.stream().map(Member::peer).toList());
        RecordBatch batch = new RecordBatch();
        add(entry, batch);
        return batch;
    }

    static boolean isEntry(ByteBuffer body) {
        byte kind = body.get(body.position());
        return kind != CONFIGURATION && kind != NO_OPERATION;
    }

    static LogEntry read(long index, long term, ByteBuffer body) {
        if (!body.hasRemaining()) {
            throw new LogDamagedException("DTX-5003 record " + index + " is empty", null);
        }
        LogEntry entry = new LogEntry(EntryType.ENTRY_TYPE_DATA);
        entry.getId().setIndex(index);
        entry.getId().setTerm(term);
        if (isEntry(body)) {
            entry.setData(body);
        } else if (body.get(body.position()) == NO_OPERATION) {
            entry.setType(EntryType.ENTRY_TYPE_NO_OP);
        } else {
            WireReader in = new WireReader(body);
            in.readByte();
            entry.setType(EntryType.ENTRY_TYPE_CONFIGURATION);
            entry.setPeers(peers(in));
            entry.setOldPeers(emptyAsNull(peers(in)));
            entry.setLearners(emptyAsNull(peers(in)));
            entry.setOldLearners(emptyAsNull(peers(in)));
        }
        return entry;
    }

    private static ByteBuffer configuration(LogEntry entry) {
        int names = count(entry.getPeers())
                + count(entry.getOldPeers())
                + count(entry.getLearners())
                + count(entry.getOldLearners());
        ByteBuffer body = ByteBuffer.allocate(64 + names * NAME_BYTES_MAX);
        WireWriter out = new WireWriter(body);
        out.writeByte(CONFIGURATION);
        write(entry.getPeers(), out);
        write(entry.getOldPeers(), out);
        write(entry.getLearners(), out);
        write(entry.getOldLearners(), out);
        return body.flip();
    }

    private static int count(@Nullable Collection<PeerId> peers) {
        return peers == null ? 0 : peers.size();
    }

    private static void write(@Nullable Collection<PeerId> peers, WireWriter out) {
        out.writeInt(count(peers));
        if (peers != null) {
            peers.forEach(peer -> out.writeString(peer.toString()));
        }
    }

    private static List<PeerId> peers(WireReader in) {
        List<PeerId> peers = new ArrayList<>();
        for (int left = in.readCount(1); left > 0; left--) {
            String name = in.readString();
            PeerId peer = PeerId.parsePeer(name);
            if (peer == null) {
                throw new LogDamagedException("DTX-5003 '" + name + "' is no member", null);
            }
            peers.add(peer);
        }
        return peers;
    }

    private static @Nullable List<PeerId> emptyAsNull(List<PeerId> peers) {
        return peers.isEmpty() ? null : peers;
    }
}
