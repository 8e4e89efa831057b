package io.dtx.runtime.log.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dtx.runtime.campaign.Tally;
import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.log.RecordingReplica;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system without any space left stops the log; with more space it goes on, with all that it has acknowledged. */
class FullDiskTest {

    private static final int FULL = Integer.getInteger("dtx.log.full-disks", 3);
    private static final long SEED = Long.getLong("dtx.log.seed", System.nanoTime());
    private static final int SMALL = 400 << 10;
    private static final int LARGE = 32 << 20;

    @TempDir
    Path base;

    @Test
    void a_full_disk_stops_the_log_and_loses_nothing() throws Exception {
        Random random = new Random(SEED);
        long entries = 0;
        for (int i = 0; i < FULL; i++) {
            try (MountedDisk disk = MountedDisk.ofMemory(base, SMALL + random.nextInt(2 << 20))) {
                long acknowledged = appendUntilItIsFull(disk.directory());
                disk.resize(LARGE);
                entries += goOn(disk.directory(), acknowledged);
                Tally.add(1, 1);
            }
        }
        System.out.println("full disks: " + FULL + ", seed " + SEED + ", " + entries + " entries, 0 lost");
    }

    private static long appendUntilItIsFull(Path directory) throws Exception {
        RecordingReplica replica = new RecordingReplica();
        try (FileLog log = Workload.log(directory)) {
            log.start(replica);
            Appender appender = Appender.start(log, replica);
            appender.awaitFailure(); // by its own append, or since another write has stopped the log
            assertThat(replica.failure()).as("why it stopped").hasStackTraceContaining("No space left on device");
            assertThat(assertThrows(
                            CompletionException.class,
                            () -> log.append(List.of()).join()))
                    .hasCauseInstanceOf(LogUnavailableException.class);
            return appender.acknowledged();
        }
    }

    private static long goOn(Path directory, long acknowledged) throws Exception {
        RecordingReplica replica = new RecordingReplica();
        try (FileLog log = Workload.log(directory)) {
            log.start(replica);
            assertThat(replica.lastIndex()).isLessThanOrEqualTo(acknowledged + 1);
            Workload.assertWhole(log, replica, acknowledged);
            Appender appender = Appender.start(log, replica);
            appender.await(replica.lastIndex() + 5);
            appender.end();
            return appender.acknowledged();
        }
    }
}
