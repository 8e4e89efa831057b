package io.dtx.runtime.log.file;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.runtime.campaign.Tally;
import io.dtx.runtime.log.RecordingReplica;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log on a real file system, ext4 and xfs, whose power is cut in the middle of appends: what Linux had not been told to force is lost. */
class PowerCutTest {

    private static final int CUTS = Integer.getInteger("dtx.log.power-cuts", 3);
    private static final long SEED = Long.getLong("dtx.log.seed", System.nanoTime());
    private static final int ENTRIES_MAX = 300; // then a new log begins, for a start reads all of them

    @TempDir
    Path base;

    private final Random random = new Random(SEED);

    private interface Mount {
        MountedDisk below(Path base) throws Exception;
    }

    @Test
    void nothing_that_was_acknowledged_before_the_power_of_ext4_went_is_lost() throws Exception {
        cutPower("ext4", MountedDisk::ext4);
    }

    @Test
    void nothing_that_was_acknowledged_before_the_power_of_xfs_went_is_lost() throws Exception {
        cutPower("xfs", MountedDisk::xfs);
    }

    @Test
    void the_test_notices_a_log_on_ext4_that_does_not_force() throws Exception {
        assertNoticed(MountedDisk::ext4);
    }

    @Test
    void the_test_notices_a_log_on_xfs_that_does_not_force() throws Exception {
        assertNoticed(MountedDisk::xfs);
    }

    private void cutPower(String kind, Mount mount) throws Exception {
        try (MountedDisk disk = mount.below(base)) {
            long safe = 0;
            long lost = 0;
            long entries = 0;
            for (int cut = 0; cut < CUTS; cut++) {
                Path directory = disk.directory().resolve("log");
                if (safe > ENTRIES_MAX) {
                    Workload.delete(directory);
                    safe = 0;
                }
                Cut result = appendUntilThePowerGoes(disk, directory, safe);
                assertThat(result.whileDead())
                        .as("entries acknowledged without power")
                        .isLessThanOrEqualTo(1);
                long found = lastOf(directory, result.before());
                assertThat(found).isLessThanOrEqualTo(result.acknowledged() + 1);
                lost += result.acknowledged() + 1 - found;
                entries += found - safe;
                safe = found;
                Tally.add(1, 1);
            }
            System.out.println("power cuts on " + kind + ": " + CUTS + ", seed " + SEED + ", " + entries
                    + " entries, 0 lost that were acknowledged before; " + lost + " of those under way are gone");
        }
    }

    private void assertNoticed(Mount mount) throws Exception {
        try (MountedDisk disk = mount.below(base)) {
            Path directory = disk.directory().resolve("log");
            RecordingReplica replica = new RecordingReplica();
            FileLog log = new FileLog(new NeverForcing(directory), Workload.SEGMENT_BYTES, Workload.SNAPSHOT_BYTES);
            log.start(replica);
            Appender appender = Appender.start(log, replica);
            appender.await(50);
            disk.cutPower();
            appender.awaitFailure();
            log.close();
            disk.mountAgain();
            assertThat(Files.exists(directory) && lastOf(directory, 0) >= 50).isFalse();
        }
    }

    /**
     * A power cut.
     *
     * @param before the last index that was acknowledged before it
     * @param acknowledged the last one that ever was
     * @param whileDead how many were after it
     */
    private record Cut(long before, long acknowledged, long whileDead) {}

    private Cut appendUntilThePowerGoes(MountedDisk disk, Path directory, long safe) throws Exception {
        RecordingReplica replica = new RecordingReplica();
        FileLog log = Workload.log(directory);
        log.start(replica);
        Workload.assertWhole(log, replica, safe);
        Appender appender = Appender.start(log, replica);
        appender.await(safe + 1 + random.nextInt(60));
        LockSupport.parkNanos(random.nextInt(3_000_000));
        long before = appender.acknowledged();
        disk.cutPower();
        long after = appender.acknowledged();
        appender.awaitFailure();
        assertThat(replica.failure()) // an append says no more than that, when a snapshot came upon it first
                .as("why it stopped")
                .isNotNull()
                .hasStackTraceContaining("IOException");
        log.close();
        Workload.assertNothingOpen(disk.directory());
        disk.mountAgain();
        return new Cut(before, appender.acknowledged(), appender.acknowledged() - after);
    }

    private static long lastOf(Path directory, long acknowledged) {
        RecordingReplica replica = new RecordingReplica();
        try (FileLog log = Workload.log(directory)) {
            log.start(replica);
            Workload.assertWhole(log, replica, acknowledged);
        }
        return replica.lastIndex();
    }

    /** Planted: a force does nothing. */
    private static final class NeverForcing extends LogFiles {

        NeverForcing(Path directory) {
            super(directory);
        }

        @Override
        LogFile open(String name) throws IOException {
            return new Unforced(path(name), Set.of(READ, WRITE));
        }

        @Override
        LogFile create(String name) throws IOException {
            return new Unforced(path(name), Set.of(CREATE, TRUNCATE_EXISTING, READ, WRITE));
        }

        @Override
        void syncDirectory() {}
    }

    private static final class Unforced extends LogFile {

        Unforced(Path path, Set<? extends OpenOption> options) throws IOException {
            super(path, options);
        }

        @Override
        void force() {}
    }
}
