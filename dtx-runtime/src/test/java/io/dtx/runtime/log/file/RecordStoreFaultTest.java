package io.dtx.runtime.log.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dtx.runtime.campaign.Tally;
import io.dtx.runtime.log.LogDamagedException;
import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.log.file.SimulatedDisk.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every operation on the disk of a member fails once, in every way, while it appends batches, is cut, takes and receives
 * snapshots and votes; then the power goes. What is found is what was acknowledged, or what the interrupted step would have left.
 */
class RecordStoreFaultTest {

    private static final int SEEDS = Integer.getInteger("dtx.log.fault.seeds", 2);
    private static final long SEED = Long.getLong("dtx.log.seed", 0);

    private Path base;
    private byte[] received;
    private int runs;

    @BeforeEach
    void create() throws IOException {
        base = Workload.fastDirectory("store-faults");
        Path leader = base.resolve("leader");
        MemberDirectory.create(
                new LogFiles(leader), StoreModel.SEGMENT_BYTES, StoreModel.CLUSTER, "b:2:2", new RecordBatch());
        try (RecordStore store = MemberDirectory.open(leader, StoreModel.SEGMENT_BYTES, (index, term, body) -> {})) {
            store.vote(2, "");
            StoreModel.append(store, StoreModel.entries(1, 400, 60));
            store.writeSnapshot(StoreModel.view(50), 50, 5, new byte[] {9}, () -> false);
            try (SnapshotBytes bytes = java.util.Objects.requireNonNull(store.openSnapshot())) {
                ByteBuffer all = ByteBuffer.allocate((int) bytes.length());
                bytes.read(all, 0);
                received = all.array();
            }
        }
    }

    @AfterEach
    void delete() throws IOException {
        Workload.delete(base);
    }

    @Test
    void an_error_loses_nothing_that_was_acknowledged() throws Exception {
        for (Fault fault : List.of(Fault.EIO, Fault.ENOSPC, Fault.NO_MEMORY)) {
            report(fault, atEveryOperation(fault, 0));
        }
    }

    @Test
    void a_power_cut_leaves_what_was_before_the_step_or_after_it() throws Exception {
        for (Fault fault : List.of(Fault.POWER_CUT, Fault.TORN_BY_POWER_CUT)) {
            report(fault, atEveryOperation(fault, 0));
        }
    }

    @Test
    void a_short_write_is_continued() throws Exception {
        report(Fault.SHORT, atEveryOperation(Fault.SHORT, 0));
    }

    @Test
    void the_test_notices_a_cut_that_forgets_too_much() {
        assertThrows(AssertionError.class, () -> atEveryOperation(Fault.POWER_CUT, 1));
    }

    private void report(Fault fault, int points) {
        System.out.println("member's disk, " + fault + " at each of " + points + " operations, " + SEEDS
                + " seeds each: " + runs + " directories reopened, nothing lost");
        assertThat(points).isGreaterThan(100);
    }

    private int atEveryOperation(Fault fault, int planted) throws Exception {
        runs = 0;
        int at = 0;
        while (seedsAt(fault, at, planted)) {
            at++;
        }
        return at;
    }

    private boolean seedsAt(Fault fault, int at, int planted) throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            Path directory = base.resolve(fault + "-" + at + "-" + seed);
            try {
                if (!new Run(directory, fault, at, planted).run(new Random(SEED + seed))) {
                    return false;
                }
                Tally.add(1, 1);
            } catch (Throwable e) {
                throw new AssertionError(
                        fault + " at operation " + at + ", seed " + (SEED + seed) + ": " + e.getMessage(), e);
            }
            Workload.delete(directory);
            runs++;
        }
        return true;
    }

    /** One member from its making to its end. */
    private final class Run {

        private final SimulatedDisk disk;
        private final Fault fault;
        private final int planted;
        private StoreModel model = StoreModel.empty();
        private List<StoreModel> mayBe = List.of(model);
        private long term;
        private long termMayBe;
        private boolean made;

        Run(Path directory, Fault fault, int at, int planted) {
            this.disk = new SimulatedDisk(directory, fault, at);
            this.fault = fault;
            this.planted = planted;
        }

        boolean run(Random random) throws IOException {
            RecordStore store = null;
            try {
                create(disk);
                made = true;
                store = MemberDirectory.open(disk, StoreModel.SEGMENT_BYTES, (index, entryTerm, body) -> {});
                work(store);
            } catch (LogUnavailableException e) {
                assertTrue(model.last() == 0, "refused later");
            } catch (IOException | InternalError e) {
                RecordStore stopped = store;
                if (stopped != null
                        && !disk.failed().matches("read|size")) { // those have changed nothing: it may go on
                    assertThrows(IOException.class, () -> stopped.vote(99, ""));
                }
            }
            if (fault == Fault.SHORT) {
                assertEquals(List.of(model), mayBe, "stopped by a short write");
            }
            if (store != null && random.nextInt(3) == 0) {
                closeQuietly(store);
            }
            disk.cutPower(random);
            if (store != null) {
                closeQuietly(store);
            }
            Workload.assertNothingOpen(disk.directory());
            reopen();
            return disk.hit();
        }

        private void work(RecordStore store) throws IOException {
            vote(store, 1);
            append(store, StoreModel.entries(1, 10, 9));
            append(store, StoreModel.entries(1, 100, 6));
            cut(store, 12);
            vote(store, 2);
            append(store, StoreModel.entries(2, 200, 8));
            step(() -> store.writeSnapshot(StoreModel.view(14), 14, 5, new byte[] {9}, () -> false), model);
            cut(store, 15);
            append(store, StoreModel.entries(2, 300, 3));
            step(() -> store.beginAt(15), model);
            step(
                    () -> {
                        try (ReceivedSnapshot snapshot = store.receiveSnapshot()) {
                            snapshot.add(ByteBuffer.wrap(received));
                            snapshot.finish();
                        }
                    },
                    model);
            step(() -> store.beginAt(51), new StoreModel(50, List.of()));
            append(store, StoreModel.entries(2, 500, 4));
        }

        private void vote(RecordStore store, long next) throws IOException {
            termMayBe = next;
            store.vote(next, "b:2:2");
            term = next;
        }

        private void append(RecordStore store, List<StoreModel.Entry> entries) throws IOException {
            List<StoreModel> prefixes = new ArrayList<>();
            for (int count = 0; count <= entries.size(); count++) {
                prefixes.add(model.plus(entries.subList(0, count)));
            }
            mayBe = prefixes;
            StoreModel.append(store, entries);
            settle(prefixes.get(entries.size()));
        }

        private void cut(RecordStore store, long end) throws IOException {
            step(() -> store.truncateAfter(end - planted), model.until(end));
        }

        private void step(Step step, StoreModel after) throws IOException {
            mayBe = List.of(model, after);
            step.take();
            settle(after);
        }

        private void settle(StoreModel now) {
            model = now;
            mayBe = List.of(now);
        }

        private void reopen() throws IOException {
            if (!made) {
                Path directory = disk.directory();
                try {
                    create(new LogFiles(directory));
                } catch (LogUnavailableException e) {
                    assertThat(e).hasMessageContaining("holds a log already");
                }
            }
            for (int i = 0; i < 2; i++) {
                try (RecordStore store = MemberDirectory.open(
                        disk.directory(), StoreModel.SEGMENT_BYTES, (index, entryTerm, body) -> {})) {
                    assertThat(store.term()).isBetween(term, termMayBe);
                    StoreModel found = null;
                    for (StoreModel each : mayBe) {
                        found = each.isHeldBy(store) ? each : found;
                    }
                    if (found == null) {
                        mayBe.get(mayBe.size() - 1).assertHeldBy(store);
                    }
                    List<StoreModel.Entry> more = StoreModel.entries(store.term(), 700, 3);
                    StoreModel.append(store, more);
                    settle(found.plus(more));
                } catch (LogDamagedException e) {
                    throw new AssertionError("a crash was taken for damage: " + e.getMessage(), e);
                }
            }
        }

        private static void closeQuietly(RecordStore store) {
            try {
                store.close();
            } catch (IOException | InternalError e) {
                assertThat(e).isNotNull(); // the disk has failed, and may fail here
            }
        }
    }

    private static void create(LogFiles files) {
        MemberDirectory.create(
                files, StoreModel.SEGMENT_BYTES, StoreModel.CLUSTER, StoreModel.MEMBER, new RecordBatch());
    }

    private interface Step {
        void take() throws IOException;
    }
}
