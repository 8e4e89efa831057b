package io.dtx.runtime.log.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dtx.runtime.log.LogDamagedException;
import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.log.RecordingReplica;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member's directory: batches, another end, snapshots from elsewhere, votes; and what it refuses. */
class RecordStoreTest {

    @TempDir
    Path base;

    private Path directory;
    private RecordStore store;
    private StoreModel model = StoreModel.empty();

    @BeforeEach
    void create() {
        directory = base.resolve("member");
        create(directory);
        store = open(directory);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void records_of_many_batches_are_there_again() throws IOException {
        vote(1);
        for (int i = 0; i < 30; i++) {
            append(StoreModel.entries(1, i * 10, 1 + i % 10));
        }
        reopen();
        model.assertHeldBy(store);
        assertThat(segments()).isGreaterThan(1);
    }

    @Test
    void a_log_that_was_cut_goes_on_with_other_records() throws IOException {
        vote(1);
        append(StoreModel.entries(1, 0, 40));
        long whole = model.last();
        for (long end : List.of(whole - 1, whole - 15, whole - 15, 3L, 0L)) {
            store.truncateAfter(end);
            model = model.until(end);
            model.assertHeldBy(store);
            reopen();
            model.assertHeldBy(store);
            long term = store.term() + 1;
            vote(term);
            append(StoreModel.entries(term, (int) (term * 100), 25));
            reopen();
            model.assertHeldBy(store);
        }
    }

    @Test
    void a_cut_log_that_is_shorter_than_its_cut_is_refused() throws IOException {
        vote(1);
        append(StoreModel.entries(1, 10, 12));
        store.truncateAfter(8);
        store.close();
        Path newest = newestSegment();
        assertEquals(Segment.name(9), newest.getFileName().toString());
        Files.delete(newest);
        assertThat(assertThrows(LogDamagedException.class, () -> open(directory)))
                .hasMessageContaining("is missing")
                .hasMessageContaining("add it under a new id");
    }

    @Test
    void a_record_that_is_damaged_before_the_cut_is_found() throws IOException {
        vote(1);
        append(StoreModel.entries(1, 10, 12));
        store.truncateAfter(8);
        store.close();
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve(Segment.name(1)).toFile(), "rw")) {
            file.seek(Segment.RECORDS + 40);
            file.write(0xAB);
        }
        assertThat(assertThrows(LogDamagedException.class, () -> open(directory)))
                .hasMessageContaining(Segment.name(1) + " is damaged at byte " + Segment.RECORDS);
    }

    @Test
    void the_log_cannot_be_cut_before_its_snapshot() throws IOException {
        vote(1);
        append(StoreModel.entries(1, 10, 12));
        snapshot(6);
        assertThrows(IllegalArgumentException.class, () -> store.truncateAfter(5));
        store.truncateAfter(6);
        model = model.until(6);
        reopen();
        model.assertHeldBy(store);
    }

    @Test
    void a_snapshot_lets_records_go_only_when_asked() throws IOException {
        vote(1);
        append(StoreModel.entries(1, 10, 60));
        snapshot(50);
        assertEquals(1, store.firstIndex());
        store.beginAt(31);
        assertThat(store.firstIndex()).isBetween(2L, 31L);
        model.assertHeldBy(store);
        reopen();
        model.assertHeldBy(store);
        assertEquals(50, store.snapshot().index());
        assertThat(store.snapshot().member()).containsExactly(9, 9);
    }

    @Test
    void a_received_snapshot_beyond_the_end_replaces_the_log() throws IOException {
        vote(1);
        append(StoreModel.entries(1, 10, 20));
        receive(leader(50));
        model.assertHeldBy(store);
        store.beginAt(51);
        model = new StoreModel(50, List.of());
        model.assertHeldBy(store);
        reopen();
        model.assertHeldBy(store);
        assertEquals(50, store.snapshot().index());
        append(StoreModel.entries(3, 500, 20));
        reopen();
        model.assertHeldBy(store);
    }

    @Test
    void a_received_snapshot_of_what_the_log_has_drops_nothing_behind_it() throws IOException {
        vote(3);
        append(StoreModel.entries(1, 10, 55));
        receive(leader(50));
        store.beginAt(51);
        model.assertHeldBy(store);
        assertEquals(50, store.snapshot().index());
    }

    @Test
    void a_received_snapshot_of_another_history_replaces_the_log() throws IOException {
        vote(3);
        append(StoreModel.entries(1, 10, 49));
        append(StoreModel.entries(2, 900, 20));
        receive(leader(50));
        store.beginAt(51);
        new StoreModel(50, List.of()).assertHeldBy(store);
    }

    /** One thread receives, another lets the log begin where the snapshot before ends. */
    @Test
    void a_snapshot_that_is_received_while_the_log_begins_at_the_one_before_is_kept() throws IOException {
        vote(1);
        append(StoreModel.entries(1, 10, 20));
        byte[] next = leader(55);
        store.close();
        store = MemberDirectory.open(
                new LogFiles(directory) {
                    @Override
                    void rename(String from, String to) throws IOException {
                        super.rename(from, to);
                        if (to.equals(Segment.name(51))) {
                            assertEquals(55, finish(next).index());
                        }
                    }
                },
                StoreModel.SEGMENT_BYTES,
                (index, term, body) -> {});
        receive(leader(50));
        store.beginAt(51);
        store.beginAt(56);
        new StoreModel(55, List.of()).assertHeldBy(store);
        reopen();
        new StoreModel(55, List.of()).assertHeldBy(store);
        assertEquals(55, store.snapshot().index());
    }

    /** One thread lets the log begin where a received snapshot ends, while another one names a newer one that it has taken. */
    @Test
    void a_snapshot_that_is_taken_while_the_log_begins_at_the_one_before_stays_named() throws Exception {
        vote(1);
        StoreModel.append(store, StoreModel.entries(1, 10, 60)); // as the leader has them
        byte[] before = leader(50);
        store.close();
        Thread begins = new Thread(quietly(() -> store.beginAt(51)));
        store = MemberDirectory.open(
                new LogFiles(directory) {
                    @Override
                    void rename(String from, String to) throws IOException {
                        if (to.equals(ManifestFile.NAME)
                                && Thread.currentThread().getName().equals("takes")) {
                            begins.start();
                            while (begins.getState() != Thread.State.WAITING) { // for the manifest
                                Thread.onSpinWait();
                            }
                        }
                        super.rename(from, to);
                    }
                },
                StoreModel.SEGMENT_BYTES,
                (index, term, body) -> {});
        receive(before);
        Thread takes = new Thread(quietly(() -> snapshot(60)), "takes");
        takes.start();
        takes.join();
        begins.join();
        reopen();
        assertEquals(60, store.snapshot().index());
    }

    /** One thread drops all records, for a snapshot is in their place; another one asks where the log begins. */
    @Test
    void where_the_log_begins_is_known_while_its_records_are_dropped() throws IOException {
        vote(1);
        append(StoreModel.entries(1, 10, 20));
        store.close();
        List<Long> seen = new ArrayList<>();
        store = MemberDirectory.open(
                new LogFiles(directory) {
                    @Override
                    void rename(String from, String to) throws IOException {
                        if (to.equals(Segment.name(51))) {
                            seen.add(store.firstIndex());
                            seen.add(store.lastIndex());
                        }
                        super.rename(from, to);
                    }
                },
                StoreModel.SEGMENT_BYTES,
                (index, term, body) -> {});
        receive(leader(50));
        store.beginAt(51);
        assertEquals(List.of(51L, 50L), seen);
    }

    @Test
    void a_snapshot_that_is_received_but_not_begun_from_is_forgotten() throws IOException {
        vote(3);
        append(StoreModel.entries(1, 10, 20));
        receive(leader(50));
        reopen();
        model.assertHeldBy(store);
        assertEquals(null, store.snapshot());
    }

    @Test
    void a_torn_snapshot_from_elsewhere_is_refused() throws IOException {
        byte[] bytes = leader(50);
        for (int length : List.of(0, 10, 200, bytes.length - 1)) {
            ReceivedSnapshot received = store.receiveSnapshot();
            received.add(ByteBuffer.wrap(bytes, 0, length));
            assertThrows(LogDamagedException.class, received::finish);
        }
        bytes[bytes.length / 2] ^= 1;
        ReceivedSnapshot flipped = store.receiveSnapshot();
        flipped.add(ByteBuffer.wrap(bytes));
        assertThrows(LogDamagedException.class, flipped::finish);
    }

    @Test
    void votes_are_remembered() throws IOException {
        vote(4);
        store.vote(5, "b:2:2");
        reopen();
        assertEquals(5, store.term());
        assertEquals("b:2:2", store.vote());
        assertEquals(StoreModel.MEMBER, store.member());
    }

    @Test
    void a_lost_or_damaged_or_older_ballot_is_refused() throws IOException {
        vote(4);
        byte[] older = Files.readAllBytes(directory.resolve(BallotFile.NAME));
        vote(5);
        store.close();
        byte[] ballot = Files.readAllBytes(directory.resolve(BallotFile.NAME));
        for (int i = 0; i < ballot.length; i++) {
            byte[] flipped = ballot.clone();
            flipped[i] ^= (byte) (1 << (i % 8));
            Files.write(directory.resolve(BallotFile.NAME), flipped);
            assertThrows(LogDamagedException.class, () -> open(directory));
        }
        Files.write(directory.resolve(BallotFile.NAME), older);
        assertThat(assertThrows(LogDamagedException.class, () -> open(directory)))
                .hasMessageContaining("names term 4, that one 5");
        Files.delete(directory.resolve(BallotFile.NAME));
        assertThat(assertThrows(LogDamagedException.class, () -> open(directory)))
                .hasMessageContaining("for whom it has voted");
    }

    @Test
    void a_ballot_from_before_the_vote_of_the_same_term_is_refused() throws IOException {
        vote(5);
        byte[] older = Files.readAllBytes(directory.resolve(BallotFile.NAME));
        store.vote(5, "b:2:2");
        store.close();
        byte[] voted = Files.readAllBytes(directory.resolve(BallotFile.NAME));
        Files.write(directory.resolve(BallotFile.NAME), older);
        assertThat(assertThrows(LogDamagedException.class, () -> open(directory)))
                .hasMessageContaining("names term 5, that one 5 and a vote in it");
        Files.write(directory.resolve(BallotFile.NAME), voted);
        store = open(directory);
        assertEquals("b:2:2", store.vote());
    }

    @Test
    void a_ballot_that_the_manifest_does_not_know_yet_counts() throws IOException {
        vote(5);
        byte[] before = Files.readAllBytes(directory.resolve(ManifestFile.NAME));
        store.vote(5, "b:2:2");
        store.close();
        Files.write(directory.resolve(ManifestFile.NAME), before);
        reopen();
        assertEquals("b:2:2", store.vote());
        byte[] older = Files.readAllBytes(directory.resolve(BallotFile.NAME));
        store.vote(6, "");
        store.close();
        Files.write(directory.resolve(BallotFile.NAME), older);
        assertThrows(LogDamagedException.class, () -> open(directory));
    }

    @Test
    void an_empty_directory_is_no_member() {
        assertThat(assertThrows(LogUnavailableException.class, () -> open(base.resolve("empty"))))
                .hasMessageContaining("DTX-5114");
    }

    @Test
    void a_directory_is_made_once() {
        assertThat(assertThrows(
                        LogUnavailableException.class,
                        () -> MemberDirectory.create(directory, 1, StoreModel.MEMBER, new RecordBatch())))
                .hasMessageContaining("DTX-5103"); // it is open
    }

    @Test
    void an_embedded_log_becomes_that_of_a_member_and_is_not_opened_as_an_embedded_one_again() throws IOException {
        Path embedded = base.resolve("embedded");
        try (FileLog log = Workload.log(embedded)) {
            log.start(new RecordingReplica());
            for (long index = 1; index <= 30; index++) {
                Workload.append(log, index);
            }
        }
        MemberDirectory.adopt(embedded, StoreModel.MEMBER, term -> StoreModel.batch(StoreModel.entries(term, 1, 2)));
        try (RecordStore adopted = open(embedded)) {
            assertEquals(32, adopted.lastIndex());
            assertEquals(2, adopted.term());
            assertEquals(1, java.util.Objects.requireNonNull(adopted.record(30)).term());
            assertEquals(2, java.util.Objects.requireNonNull(adopted.record(32)).term());
        }
        assertThat(assertThrows(
                        LogUnavailableException.class,
                        () -> Workload.log(embedded).start(new RecordingReplica())))
                .hasMessageContaining("DTX-5116");
        assertThrows(
                LogUnavailableException.class, () -> MemberDirectory.adopt(embedded, StoreModel.MEMBER, t -> null));
    }

    @Test
    void after_an_error_nothing_is_written_any_more() throws IOException {
        Path failing = base.resolve("failing");
        MemberDirectory.create(failing, StoreModel.CLUSTER, StoreModel.MEMBER, new RecordBatch());
        SimulatedDisk disk = new SimulatedDisk(failing, SimulatedDisk.Fault.EIO, 40);
        try (RecordStore stopped = MemberDirectory.open(disk, StoreModel.SEGMENT_BYTES, (index, term, body) -> {})) {
            assertThrows(IOException.class, () -> {
                while (true) {
                    stopped.append(StoreModel.batch(StoreModel.entries(0, 1, 2)));
                }
            });
            assertThrows(IOException.class, () -> stopped.vote(2, ""));
            assertThrows(IOException.class, () -> stopped.append(StoreModel.batch(StoreModel.entries(0, 1, 1))));
            assertTrue(disk.hit());
        }
    }

    /** The bytes of the snapshot that a leader with the same first records took after one of them. */
    @Test
    void a_directory_is_held_until_the_snapshot_that_is_being_made_is_there_or_given_up() throws Exception {
        vote(1);
        append(StoreModel.entries(1, 0, 40));
        store.close();
        CountDownLatch between = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        RecordStore first = MemberDirectory.open(
                new LogFiles(directory) {
                    @Override
                    void rename(String from, String to) throws IOException {
                        if (to.equals(ManifestFile.NAME) && exists(SnapshotFormat.name(30))) {
                            between.countDown(); // the snapshot is whole, and is about to be named
                            awaitQuietly(goOn);
                        }
                        super.rename(from, to);
                    }
                },
                StoreModel.SEGMENT_BYTES,
                (index, term, body) -> {});
        Thread writer =
                new Thread(quietly(() -> first.writeSnapshot(StoreModel.view(30), 30, 5, new byte[] {9}, () -> false)));
        Thread closer = new Thread(quietly(first::close));
        writer.start();
        awaitQuietly(between);
        closer.start();
        while (closer.getState() != Thread.State.WAITING && closer.isAlive()) {
            Thread.onSpinWait();
        }
        if (!closer.isAlive()) {
            open(directory).close(); // it was given up, and the next owner tidies
        }
        goOn.countDown();
        writer.join();
        closer.join();
        store = open(directory);
        model.assertHeldBy(store);
        assertThrows(IOException.class, () -> first.vote(99, ""));
    }

    private interface Work {
        void run() throws IOException;
    }

    private static Runnable quietly(Work work) {
        return () -> {
            try {
                work.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] leader(int index) throws IOException {
        Path other = base.resolve("leader-" + index);
        MemberDirectory.create(other, StoreModel.CLUSTER, "b:2:2", new RecordBatch());
        try (RecordStore leader = open(other)) {
            leader.vote(3, "");
            StoreModel.append(leader, StoreModel.entries(1, 10, 60));
            leader.writeSnapshot(StoreModel.view(index), index, 5, new byte[] {9, 9}, () -> false);
            try (SnapshotBytes bytes = java.util.Objects.requireNonNull(leader.openSnapshot())) {
                ByteBuffer all = ByteBuffer.allocate((int) bytes.length());
                bytes.read(all, 0);
                assertFalse(all.hasRemaining());
                return all.array();
            }
        }
    }

    private void receive(byte[] bytes) throws IOException {
        store.vote(3, "");
        assertEquals(50, finish(bytes).index());
    }

    private RecordStore.SnapshotHeader finish(byte[] bytes) throws IOException {
        ReceivedSnapshot received = store.receiveSnapshot();
        received.add(ByteBuffer.wrap(bytes));
        return received.finish();
    }

    private void snapshot(long index) throws IOException {
        store.writeSnapshot(StoreModel.view(index), index, 5, new byte[] {9, 9}, () -> false);
    }

    private void vote(long term) throws IOException {
        store.vote(term, "");
    }

    private void append(List<StoreModel.Entry> entries) throws IOException {
        StoreModel.append(store, entries);
        model = model.plus(entries);
    }

    private void reopen() throws IOException {
        store.close();
        store = open(directory);
    }

    private static void create(Path directory) {
        MemberDirectory.create(
                new LogFiles(directory),
                StoreModel.SEGMENT_BYTES,
                StoreModel.CLUSTER,
                StoreModel.MEMBER,
                new RecordBatch());
    }

    private static RecordStore open(Path directory) {
        return MemberDirectory.open(directory, StoreModel.SEGMENT_BYTES, (index, term, body) -> {});
    }

    private long segments() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> Segment.isName(file.getFileName().toString()))
                    .count();
        }
    }

    private Path newestSegment() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> Segment.isName(file.getFileName().toString()))
                    .max(java.util.Comparator.naturalOrder())
                    .orElseThrow();
        }
    }
}
