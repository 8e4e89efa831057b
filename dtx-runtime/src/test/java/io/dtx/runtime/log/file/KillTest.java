package io.dtx.runtime.log.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.campaign.Tally;
import io.dtx.runtime.log.RecordingReplica;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes append to a log, one after the other, and each is killed in the middle. */
class KillTest {

    private static final int KILLS = Integer.getInteger("dtx.log.kills", 3);
    private static final int ACKNOWLEDGEMENTS = Integer.getInteger("dtx.log.kill-after", 300);
    private static final long SEED = Long.getLong("dtx.log.seed", System.nanoTime());

    private static final int ENTRIES_MAX = 1_000; // then a new log begins, for a start reads all of them

    @TempDir
    Path base;

    @Test
    void nothing_that_a_killed_process_acknowledged_is_lost() throws Exception {
        Random random = new Random(SEED);
        long entries = 0;
        long safe = 0;
        int unacknowledged = 0;
        Path directory = base.resolve("log");
        for (int kill = 0; kill < KILLS; kill++) {
            if (safe > ENTRIES_MAX) {
                Workload.delete(directory);
                safe = 0;
            }
            long acknowledged = AppendingProcess.start(directory).killAfter(1 + random.nextInt(ACKNOWLEDGEMENTS));
            RecordingReplica replica = new RecordingReplica();
            try (FileLog log = Workload.log(directory)) {
                log.start(replica);
                Workload.assertWhole(log, replica, acknowledged);
                assertThat(replica.lastIndex()).isLessThanOrEqualTo(acknowledged + 1);
                unacknowledged += (int) (replica.lastIndex() - acknowledged);
                entries += replica.lastIndex() - safe;
                safe = replica.lastIndex();
            }
            Tally.add(1, 1);
        }
        System.out.println("kills: " + KILLS + ", seed " + SEED + ", " + entries + " entries, 0 lost, " + unacknowledged
                + " more in the log than acknowledged");
    }
}
