package io.dtx.runtime.log.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.alipay.sofa.jraft.entity.EnumOutter.EntryType;
import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.entity.LogId;
import io.dtx.runtime.log.file.MemberDirectory;
import io.dtx.runtime.log.file.RecordStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What consensus finds in the log: the last entry without a look at the disk, every other one there, and none that was taken back. */
class EntryLogTest {

    private static final Member SELF = new Member(1, "member1", 7001);

    @TempDir
    Path directory;

    private RecordStore store;
    private EntryLog log;

    @BeforeEach
    void open() {
        Path own = directory.resolve("member");
        RaftLog.createCluster(own, 7, SELF, List.of(SELF)); // one record
        store = MemberDirectory.open(own, 64 << 10, (index, term, body) -> {});
        log = new EntryLog(store, List.of(), new Gate(cause -> {}));
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void the_last_entry_is_found_in_memory_and_the_others_on_the_disk() {
        LogEntry second = entry(2, 1);
        LogEntry third = entry(3, 1);
        assertEquals(2, log.appendEntries(List.of(second, third)));
        assertSame(third, log.getEntry(3));
        assertEquals(second.getId(), at(2).getId());
        assertEquals(second.getData(), at(2).getData());
        assertEquals(1, at(1).getId().getTerm());
        assertNull(log.getEntry(4));
    }

    @Test
    void an_entry_that_was_taken_back_is_gone_until_another_one_takes_its_place() {
        log.appendEntries(List.of(entry(2, 1), entry(3, 1)));
        assertTrue(log.truncateSuffix(2));
        assertNull(log.getEntry(3));
        assertEquals(1, at(2).getId().getTerm());
        LogEntry other = entry(3, 2);
        log.appendEntries(List.of(other));
        assertSame(other, log.getEntry(3));
    }

    private LogEntry at(long index) {
        return Objects.requireNonNull(log.getEntry(index));
    }

    private static LogEntry entry(long index, long term) {
        LogEntry entry = new LogEntry(EntryType.ENTRY_TYPE_DATA);
        entry.setId(new LogId(index, term));
        entry.setData(ByteBuffer.wrap(new byte[] {1, (byte) index, (byte) term}));
        return entry;
    }
}
