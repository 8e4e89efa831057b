package io.dtx.runtime.log.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.campaign.Tally;
import io.dtx.runtime.log.RecordingReplica;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system that hangs acknowledges nothing; when it goes on, so does the log. */
class HungDiskTest {

    private static final int HANGS = Integer.getInteger("dtx.log.hung-disks", 2);
    private static final long SEED = Long.getLong("dtx.log.seed", System.nanoTime());

    @TempDir
    Path base;

    @Test
    void nothing_is_acknowledged_while_the_disk_hangs_and_nothing_is_lost() throws Exception {
        Random random = new Random(SEED);
        try (MountedDisk disk = MountedDisk.ext4(base)) {
            Path directory = disk.directory().resolve("log");
            long acknowledged = 0;
            for (int hang = 0; hang < HANGS; hang++) {
                RecordingReplica replica = new RecordingReplica();
                try (FileLog log = Workload.log(directory)) {
                    log.start(replica);
                    Workload.assertWhole(log, replica, acknowledged);
                    Appender appender = Appender.start(log, replica);
                    appender.await(replica.lastIndex() + 1 + random.nextInt(10));
                    hang(disk, appender, random.nextInt(200));
                    appender.end();
                    acknowledged = appender.acknowledged();
                }
                Tally.add(1, 1);
            }
            System.out.println("hung disks: " + HANGS + ", seed " + SEED + ", " + acknowledged + " entries, 0 lost");
        }
    }

    private static void hang(MountedDisk disk, Appender appender, int millis) throws Exception {
        disk.freeze();
        long last = appender.acknowledged();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50 + millis));
        long meanwhile = appender.acknowledged() - last;
        disk.thaw();
        assertThat(meanwhile).as("entries acknowledged by a disk that hangs").isLessThanOrEqualTo(1);
        appender.await(last + 3);
    }
}
