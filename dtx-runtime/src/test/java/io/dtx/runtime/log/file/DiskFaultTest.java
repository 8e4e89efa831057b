package io.dtx.runtime.log.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dtx.runtime.campaign.Tally;
import io.dtx.runtime.log.LogDamagedException;
import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.log.RecordingReplica;
import io.dtx.runtime.log.file.SimulatedDisk.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every operation on the disk fails once, in every way; then the power goes, and the log is opened again. */
class DiskFaultTest {

    private static final int ENTRIES = 24;
    private static final int POINTS_MAX = Integer.getInteger("dtx.log.fault.points", 10_000);
    private static final int SEEDS = Integer.getInteger("dtx.log.fault.seeds", 2);
    private static final long SEED = Long.getLong("dtx.log.seed", 0);

    private Path base;
    private int runs;

    @BeforeEach
    void create() throws IOException {
        base = Workload.fastDirectory("faults");
    }

    @AfterEach
    void delete() throws IOException {
        Workload.delete(base);
    }

    /** Makes a disk; planted bugs put another one in its place. */
    interface Maker {
        SimulatedDisk make(Path directory, Fault fault, int at);
    }

    @Test
    void an_error_of_any_operation_stops_the_log_and_loses_nothing_that_was_acknowledged() throws Exception {
        for (Fault fault : List.of(Fault.EIO, Fault.ENOSPC, Fault.NO_MEMORY)) {
            int points = atEveryOperation(SimulatedDisk::new, fault);
            System.out.println(fault + " at each of " + points + " operations, " + SEEDS + " power cuts each: " + runs
                    + " logs reopened, nothing lost");
            assertThat(points).isGreaterThan(150);
        }
    }

    @Test
    void a_power_cut_at_any_operation_leaves_a_log_that_starts_with_all_that_was_acknowledged() throws Exception {
        for (Fault fault : List.of(Fault.POWER_CUT, Fault.TORN_BY_POWER_CUT)) {
            int points = atEveryOperation(SimulatedDisk::new, fault);
            System.out.println(fault + " at each of " + points + " operations, " + SEEDS + " seeds each: " + runs
                    + " logs reopened, nothing lost");
            assertThat(points).isGreaterThan(150);
        }
    }

    @Test
    void a_short_write_is_continued() throws Exception {
        int points = atEveryOperation(SimulatedDisk::new, Fault.SHORT);
        System.out.println("short writes at each of " + points + " operations: nothing lost, nothing stopped");
    }

    @Test
    void the_test_notices_a_log_that_does_not_force() {
        assertThrows(AssertionError.class, () -> atEveryOperation(NeverForcing::new, Fault.POWER_CUT));
    }

    @Test
    void the_test_notices_a_log_that_tries_a_failed_force_again() {
        assertThrows(AssertionError.class, () -> atEveryOperation(RetryingForce::new, Fault.EIO));
    }

    @Test
    void the_test_notices_a_log_that_takes_a_short_write_for_a_whole_one() {
        assertThrows(AssertionError.class, () -> atEveryOperation(IgnoringShortWrites::new, Fault.SHORT));
    }

    /** The number of the operation behind the last one of the workload, which differs a little with the background's timing. */
    private int atEveryOperation(Maker maker, Fault fault) throws Exception {
        runs = 0;
        int at = 0;
        while (at < POINTS_MAX && seedsAt(maker, fault, at)) {
            at++;
        }
        return at;
    }

    private boolean seedsAt(Maker maker, Fault fault, int at) throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            Path directory = base.resolve(fault + "-" + at + "-" + seed);
            try {
                if (!oneRun(maker.make(directory, fault, at), fault, new Random(SEED + seed))) {
                    return false;
                }
                Tally.add(1, 1);
            } catch (Throwable e) {
                throw new AssertionError(
                        fault + " at operation " + at + ", seed " + (SEED + seed) + ": " + e.getMessage(), e);
            }
            Workload.delete(directory);
        }
        return true;
    }

    /** Returns false when the workload ended before the operation that should fail. */
    private boolean oneRun(SimulatedDisk disk, Fault fault, Random random) throws IOException {
        RecordingReplica replica = new RecordingReplica();
        FileLog log = new FileLog(disk, Workload.SEGMENT_BYTES, Workload.SNAPSHOT_BYTES);
        int acknowledged = 0;
        try {
            log.start(replica);
            while (acknowledged < ENTRIES) {
                Workload.append(log, acknowledged + 1);
                acknowledged++;
            }
            log.readBarrier().join();
        } catch (LogUnavailableException | InternalError e) {
            assertEquals(0, acknowledged);
        } catch (CompletionException e) {
            assertNotNull(replica.failure(), "an append failed, and the log went on");
            CompletionException later = assertThrows(
                    CompletionException.class, () -> log.append(List.of()).join());
            assertThat(later.getCause()).isInstanceOf(LogUnavailableException.class);
        }
        if (fault == Fault.SHORT) {
            assertEquals(ENTRIES, acknowledged, () -> "stopped by " + replica.failure());
        }
        boolean closedFirst = random.nextInt(3) == 0;
        if (closedFirst) {
            log.close();
        }
        disk.cutPower(random);
        log.close();
        Workload.assertNothingOpen(disk.directory());
        reopen(disk.directory(), acknowledged);
        return disk.hit();
    }

    private void reopen(Path directory, int acknowledged) {
        runs++;
        RecordingReplica replica = new RecordingReplica();
        long next;
        try (FileLog log = Workload.log(directory)) {
            log.start(replica);
            assertThat(replica.lastIndex()).isLessThanOrEqualTo(acknowledged + 1L);
            Workload.assertWhole(log, replica, acknowledged);
            next = replica.lastIndex() + 1;
            Workload.append(log, next);
        } catch (LogDamagedException e) {
            throw new AssertionError("a crash was taken for damage: " + e.getMessage(), e);
        }
        RecordingReplica again = new RecordingReplica();
        try (FileLog log = Workload.log(directory)) {
            log.start(again);
            Workload.assertWhole(log, again, next);
        }
    }

    /** Planted: a force does nothing. */
    private static final class NeverForcing extends SimulatedDisk {
        NeverForcing(Path directory, Fault fault, int at) {
            super(directory, fault, at);
        }

        @Override
        LogFile file(String name, Set<? extends OpenOption> options) throws IOException {
            return new CachedFile(path(name), options) {
                @Override
                void force() throws IOException {
                    next("force");
                }
            };
        }
    }

    /** Planted: a force that failed is tried again. */
    private static final class RetryingForce extends SimulatedDisk {
        RetryingForce(Path directory, Fault fault, int at) {
            super(directory, fault, at);
        }

        @Override
        LogFile file(String name, Set<? extends OpenOption> options) throws IOException {
            return new CachedFile(path(name), options) {
                @Override
                void force() throws IOException {
                    try {
                        super.force();
                    } catch (IOException e) {
                        super.force();
                    }
                }
            };
        }
    }

    /** Planted: a write that took half is not continued. */
    private static final class IgnoringShortWrites extends SimulatedDisk {
        IgnoringShortWrites(Path directory, Fault fault, int at) {
            super(directory, fault, at);
        }

        @Override
        LogFile file(String name, Set<? extends OpenOption> options) throws IOException {
            return new CachedFile(path(name), options) {
                @Override
                int writeSome(ByteBuffer bytes, long position) throws IOException {
                    int asked = bytes.remaining();
                    super.writeSome(bytes, position);
                    bytes.position(bytes.limit());
                    return asked;
                }
            };
        }
    }
}
