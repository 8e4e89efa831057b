package io.dtx.runtime.log.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.log.CoordinatorLogContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Three members keep the contract of every log while the leadership moves from one to the next. */
class RaftLogOfThreeTest extends CoordinatorLogContract {

    @TempDir
    Path base;

    @Override
    protected CoordinatorLog create() {
        return new FollowedCluster(base, 20_000, null).create();
    }

    @Override
    protected CoordinatorLog reopen(CoordinatorLog closed) {
        return ((FollowedCluster) closed).again();
    }

    @Override
    protected long firstIndex() {
        return 3;
    }

    /** Every new leader begins with an entry of its own. */
    @Override
    protected void assertIndex(long expected, long index) {
        assertThat(index).isBetween(expected, expected + 50);
    }
}
