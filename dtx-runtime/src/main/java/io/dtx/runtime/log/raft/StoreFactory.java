package io.dtx.runtime.log.raft;

import com.alipay.sofa.jraft.JRaftServiceFactory;
import com.alipay.sofa.jraft.entity.codec.LogEntryCodecFactory;
import com.alipay.sofa.jraft.entity.codec.v2.LogEntryV2CodecFactory;
import com.alipay.sofa.jraft.option.NodeOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.storage.LogStorage;
import com.alipay.sofa.jraft.storage.RaftMetaStorage;
import com.alipay.sofa.jraft.storage.SnapshotStorage;

/** Gives consensus what this member keeps: its own store, which is open already. */
record StoreFactory(EntryLog entries, Ballots ballots, SnapshotDirectory snapshots) implements JRaftServiceFactory {

    @Override
    public LogStorage createLogStorage(String uri, RaftOptions options) {
        return entries;
    }

    @Override
    public RaftMetaStorage createRaftMetaStorage(String uri, RaftOptions options) {
        return ballots;
    }

    @Override
    public SnapshotStorage createSnapshotStorage(NodeOptions options) {
        return snapshots;
    }

    @Override
    public LogEntryCodecFactory createLogEntryCodecFactory() {
        return LogEntryV2CodecFactory.getInstance(); // asked for, but our log has bytes of its own
    }
}
