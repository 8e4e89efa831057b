package io.dtx.runtime.log.raft;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.option.SnapshotCopierOptions;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotCopier;
import io.dtx.runtime.log.file.FailingDisk;
import io.dtx.runtime.log.file.RecordStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFetchTest {

    private static final Member SELF = new Member(1, "localhost", 7001);

    @TempDir
    Path base;

    /** Consensus halts it as well, but by way of a queue; until then it would still be heard. */
    @Test
    void a_member_whose_disk_does_not_take_a_snapshot_halts_before_anybody_is_told() throws Exception {
        RaftLog.createCluster(base, TestCluster.CLUSTER, SELF, List.of(SELF));
        FailingDisk disk = new FailingDisk(base);
        Gate gate = new Gate(cause -> {});
        RecordStore store = disk.open(64 << 10, (index, term, body) -> {});
        try {
            disk.failAfter(FailingDisk.Fault.EIO, 0);

            SnapshotCopier fetch = new SnapshotDirectory(store, SELF, gate)
                    .startToCopyFrom("localhost:7002/1", new SnapshotCopierOptions());
            fetch.join();

            assertThat(gate.cause()).isInstanceOf(IOException.class);
            assertThat(fetch.getCode()).isEqualTo(RaftError.EIO.getNumber());
            assertThat(fetch.getReader()).isNull();
        } finally {
            store.abandon();
        }
    }
}
