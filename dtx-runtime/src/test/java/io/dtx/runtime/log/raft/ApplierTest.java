package io.dtx.runtime.log.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.entity.EnumOutter.EntryType;
import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.entity.LogId;
import com.alipay.sofa.jraft.entity.RaftOutter.SnapshotMeta;
import io.dtx.runtime.log.RecordingReplica;
import io.dtx.runtime.log.file.MemberDirectory;
import io.dtx.runtime.log.file.RecordStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of a member whose disk is slower than those of the others. */
@Timeout(60)
class ApplierTest {

    private static final Member SELF = new Member(1, "member1", 7001);

    @TempDir
    Path directory;

    private final Gate gate = new Gate(cause -> {});
    private RecordStore store;
    private EntryLog log;

    @BeforeEach
    void open() {
        Path own = directory.resolve("member");
        RaftLog.createCluster(own, 7, SELF, List.of(SELF)); // one record
        store = MemberDirectory.open(own, 64 << 10, (index, term, body) -> {});
        log = new EntryLog(store, List.of(), gate);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    /** Entry 3 of term 2 is committed by the others and applied; on the disk is still what a former leader said. */
    @Test
    void a_snapshot_waits_until_the_disk_has_the_entries_of_the_new_leader() throws Exception {
        log.appendEntries(List.of(entry(2, 1), entry(3, 1), entry(4, 1)));
        store.vote(2, "");
        CompletableFuture<Status> done = snapshotOf(3, 2);
        TestCluster.await("the snapshot is written, or waits", () -> done.isDone() || isWaiting());
        assertTrue(log.truncateSuffix(2));
        assertEquals(1, log.appendEntries(List.of(entry(3, 2))));
        Status status = done.get(20, TimeUnit.SECONDS);
        assertTrue(status.isOk(), status.toString());
        assertEquals(2, Objects.requireNonNull(store.snapshot()).term());
        assertTrue(gate.isOpen());
    }

    private CompletableFuture<Status> snapshotOf(long index, long term) {
        Applier applier = new Applier(
                new Driven(new RecordingReplica()),
                store,
                log,
                gate,
                new SnapshotTrigger(1 << 20, () -> {}),
                new Applier.Position(index, 5, 5),
                List.of(SELF));
        SnapshotMeta meta = SnapshotMeta.newBuilder()
                .setLastIncludedIndex(index)
                .setLastIncludedTerm(term)
                .build();
        TakenSnapshot taken = new TakenSnapshot(SELF) {
            @Override
            public SnapshotMeta getCurrentMeta() {
                return meta;
            }
        };
        CompletableFuture<Status> done = new CompletableFuture<>();
        applier.onSnapshotSave(taken, done::complete);
        return done;
    }

    private static boolean isWaiting() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(each ->
                        each.getName().equals("dtx-raft-snapshot") && each.getState() == Thread.State.TIMED_WAITING);
    }

    private static LogEntry entry(long index, long term) {
        LogEntry entry = new LogEntry(EntryType.ENTRY_TYPE_DATA);
        entry.setId(new LogId(index, term));
        entry.setData(ByteBuffer.wrap(new byte[] {1, (byte) index, (byte) term}));
        return entry;
    }
}
