package io.dtx.runtime.log.raft;

import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.entity.RaftOutter.SnapshotMeta;
import com.google.protobuf.InvalidProtocolBufferException;
import io.dtx.runtime.log.file.RecordStore;
import java.util.List;
import java.util.Objects;

/** The members of a cluster, as far as a member's directory knows them: there may be a newer change that it has not heard of. */
final class KnownMembers {

    private KnownMembers() {}

    /**
     * Returns them; none for one that waits to be added.
     *
     * @param changes the changes of members in the store, in order
     */
    static List<Member> of(RecordStore store, List<LogEntry> changes) {
        RecordStore.SnapshotHeader snapshot = store.snapshot();
        long from = snapshot == null ? 0 : snapshot.index();
        LogEntry last = changes.isEmpty() ? null : changes.get(changes.size() - 1);
        if (last != null && last.getId().getIndex() > from) {
            return last.getPeers().stream().map(Member::of).toList();
        }
        return snapshot == null || snapshot.member().length == 0 ? List.of() : of(snapshot);
    }

    private static List<Member> of(RecordStore.SnapshotHeader snapshot) {
        try {
            return SnapshotMeta.parseFrom(snapshot.member()).getPeersList().stream()
                    .map(name -> Member.of(Objects.requireNonNull(PeerId.parsePeer(name))))
                    .toList();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("DTX-5211 the snapshot does not say who the members are", e);
        }
    }
}
