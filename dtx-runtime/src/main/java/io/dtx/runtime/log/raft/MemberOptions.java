package io.dtx.runtime.log.raft;

import com.alipay.sofa.jraft.option.NodeOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.option.ReadOnlyOption;

/** How consensus is to run in a member. */
final class MemberOptions extends NodeOptions {

    private static final int CONNECT_TIMEOUT_MILLIS = 100;
    private static final int RPC_TIMEOUT_MILLIS = 1_000; // entries that are lost on their way are sent again after this
    private static final int RPC_THREADS = 12;
    private static final String STORE = "store"; // must not be empty, means nothing

    private final Outbound outbound;

    MemberOptions(RaftSettings settings, StoreFactory store, Applier applier, Outbound outbound) {
        this.outbound = outbound;
        setElectionTimeoutMs(settings.electionTimeoutMillis());
        setSnapshotIntervalSecs(0); // by bytes, in Applier
        setDisableCli(true);
        setFsm(applier);
        setServiceFactory(store);
        setLogUri(STORE);
        setRaftMetaUri(STORE);
        setSnapshotUri(STORE);
        setRpcConnectTimeoutMs(CONNECT_TIMEOUT_MILLIS);
        setRpcDefaultTimeout(Math.max(RPC_TIMEOUT_MILLIS, 2 * settings.electionTimeoutMillis()));
        setRpcProcessorThreadPoolSize(RPC_THREADS);
        setTimerPoolSize(2);
        setRaftOptions(raftOptions());
    }

    /**
     * How long a leader stays one that no majority answers. On processors that are overloaded a round trip may take longer than
     * the others wait for a silent leader, and whoever they elect would give up before the first answer, again and again.
     * Nothing but that depends on it: reads ask a majority.
     */
    @Override
    public int getLeaderLeaseTimeoutMs() {
        return 2 * getElectionTimeoutMs();
    }

    private static RaftOptions raftOptions() {
        RaftOptions options = new RaftOptions();
        options.setSync(true);
        options.setSyncMeta(true);
        options.setReplicatorPipeline(true);
        options.setReadOnlyOptions(ReadOnlyOption.ReadOnlySafe);
        options.setMaxBodySize(256 << 10);
        options.setMaxAppendBufferSize(128 << 10);
        options.setMaxByteCountPerRpc(128 << 10);
        options.setMaxReplicatorInflightMsgs(64);
        options.setDisruptorBufferSize(4096);
        return options;
    }

    Outbound outbound() {
        return outbound;
    }
}
