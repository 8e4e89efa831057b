package io.dtx.runtime.log.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.log.CoordinatorLogContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;

/** Three members keep the contract of every log while they are cut off, killed and started again, and messages are lost. */
class RaftLogOfThreeUnderFaultsTest extends CoordinatorLogContract {

    private static final long SEED = Long.getLong("dtx.raft.fault.seed", System.nanoTime());
    private static final int ENTRIES = Integer.getInteger("dtx.raft.fault.entries", 100);
    private static final ClusterFaults FAULTS = new ClusterFaults(SEED);

    @TempDir
    Path base;

    @Override
    protected CoordinatorLog create() {
        return new FollowedCluster(base, 7L * ENTRIES, FAULTS).create();
    }

    @Override
    protected CoordinatorLog reopen(CoordinatorLog closed) {
        return ((FollowedCluster) closed).again();
    }

    @Override
    protected int entries() {
        return ENTRIES;
    }

    @Override
    protected long firstIndex() {
        return 3;
    }

    /** Every new leader begins with an entry of its own, and what may have failed is there twice. */
    @Override
    protected void assertIndex(long expected, long index) {
        assertThat(index).as("seed " + SEED).isBetween(expected, expected + 500);
    }

    @AfterAll
    static void faultsHaveHappened() {
        System.out.println("the contract of every log, three members, seed " + SEED + ": " + FAULTS.struck());
        assertThat(FAULTS.struck()).hasSizeGreaterThan(4);
    }
}
