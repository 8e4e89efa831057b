package io.dtx.runtime.log.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.log.CoordinatorLogContract;
import io.dtx.runtime.log.RecordingReplica;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of one keeps the contract of every log. */
class RaftLogOfOneTest extends CoordinatorLogContract {

    private static final Member SELF = new Member(1, "localhost", 7421);

    @TempDir
    Path directory;

    @Override
    protected CoordinatorLog create() {
        RaftLog.createCluster(directory, 77, SELF, List.of(SELF));
        return reopened();
    }

    @Override
    protected CoordinatorLog reopen(CoordinatorLog closed) {
        return reopened();
    }

    /** The members are the first entry, the leader's beginning the second. */
    @Override
    protected long firstIndex() {
        return 3;
    }

    @Test
    void a_log_that_is_started_again_refuses_and_goes_on() {
        try (CoordinatorLog log = create()) {
            log.start(new RecordingReplica());

            assertThatThrownBy(() -> log.start(new RecordingReplica())).hasMessageStartingWith("DTX-5006");

            assertThat(log.append(List.of())).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    private CoordinatorLog reopened() {
        return new RaftLog(new RaftSettings(directory, 500, 64 << 10, 20_000));
    }
}
