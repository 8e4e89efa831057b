package io.dtx.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.Payload;
import io.dtx.runtime.protocol.SessionBatch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link CoordinatorLog} must do; a subclass says how one is made, and made again over what the first one left. */
public abstract class CoordinatorLogContract {

    private CoordinatorLog log = new MemoryLog();
    private RecordingReplica replica = new RecordingReplica();

    /** Returns a new, empty log that takes snapshots often: about every 20 KB. */
    protected abstract CoordinatorLog create() throws Exception;

    /** Returns the same log after {@code closed} was closed, as the next process would open it. */
    protected abstract CoordinatorLog reopen(CoordinatorLog closed) throws Exception;

    /** Returns the index of the first entry that is appended: a replicated log has entries of its own before it. */
    protected long firstIndex() {
        return 1;
    }

    /** Asserts that an entry is at its index, or that the last one is; there may be entries of the log's own beside it. */
    protected void assertIndex(long expected, long index) {
        assertEquals(expected, index);
    }

    /** How many entries it takes until most of them are in a snapshot: hundreds. */
    protected int entries() {
        return 3_000;
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void indexes_begin_at_the_first_and_have_no_gaps() throws Exception {
        start();
        for (long i = 0; i < 100; i++) {
            long index = finish(i);
            assertIndex(firstIndex() + i, index);
            assertIndex(index, replica.lastIndex());
        }
    }

    @Test
    void an_entry_without_batches_lets_time_pass() throws Exception {
        start();
        long before = log.time();
        assertIndex(firstIndex(), append(List.of()));
        assertThat(replica.lastTime()).isBetween(before, log.time());
    }

    @Test
    void what_was_acknowledged_is_there_after_a_restart() throws Exception {
        start();
        long cluster = log.cluster();
        long last = 0;
        for (long i = 1; i <= 50; i++) {
            last = finish(i);
        }
        Map<Long, Payload> open = replica.open();
        restart();
        assertIndex(last, replica.lastIndex());
        assertEquals(open, replica.open());
        assertEquals(cluster, log.cluster());
        assertPayloads();
        assertThat(finish(51)).isGreaterThan(last);
    }

    @Test
    void every_start_leads_in_a_higher_term() throws Exception {
        start();
        long first = replica.terms().get(0);
        restart();
        long second = replica.terms().get(0);
        finish(1);
        restart();
        long third = replica.terms().get(0);
        assertTrue(first < second && second < third, first + ", " + second + ", " + third);
    }

    @Test
    void log_time_goes_on_from_the_last_stamp() throws Exception {
        start();
        long last = 0;
        for (int round = 0; round < 3; round++) {
            do { // what is read between stamps is nobody's but the leader's, who may change
                append(List.of());
            } while (replica.lastTime() < last + 5);
            assertThat(replica.lastTime()).isLessThanOrEqualTo(last + 60_000);
            last = replica.lastTime();
            restart();
            assertThat(log.time()).isBetween(last, last + 60_000);
        }
    }

    @Test
    void snapshots_replace_entries_and_keep_every_payload_that_is_referred_to() throws Exception {
        int entries = entries();
        start();
        for (long i = 1; i <= entries; i++) {
            finish(i);
            if (i % 100 != 0) {
                append(List.of(batch(new LogCommand.FinishCompensation(SampleCommands.ID, i))));
            }
        }
        assertPayloads();
        restart();
        assertEquals(entries / 100, replica.open().size());
        assertEquals(1, replica.restores(), "no snapshot was restored");
        assertThat(replica.replayed())
                .as("entries replayed of almost two times " + entries)
                .isLessThan(entries);
        assertPayloads();
        finish(entries + 1);
        restart();
        assertEquals(entries / 100 + 1, replica.open().size());
        assertPayloads();
    }

    @Test
    void a_payload_that_the_log_never_had_is_refused() throws Exception {
        start();
        long last = finish(1);
        assertThrows(IllegalArgumentException.class, () -> log.read(new Payload(last + 1, 0)));
        assertThrows(IllegalArgumentException.class, () -> log.read(new Payload(last, 1)));
        assertThrows(IllegalArgumentException.class, () -> log.read(new Payload(0, 0)));
    }

    @Test
    void an_entry_over_the_limits_is_refused_and_leaves_no_trace() throws Exception {
        start();
        LogCommand huge = new LogCommand.FinishStep(SampleCommands.ID, 1, new byte[EntryCodec.ENTRY_BYTES_MAX]);
        assertThrows(IllegalArgumentException.class, () -> append(List.of(batch(huge))));
        long index = finish(1);
        assertIndex(firstIndex(), index);
        restart();
        assertThat(replica.open()).containsOnlyKeys(1L);
    }

    @Test
    void a_large_entry_is_taken_and_read_back() throws Exception {
        start();
        byte[] large = new byte[3 << 20];
        large[large.length - 1] = 7;
        finish(1);
        long at = append(
                List.of(batch(new LogCommand.CloseSession(), new LogCommand.FinishStep(SampleCommands.ID, 2, large))));
        finish(3);
        assertArrayEquals(large, log.read(new Payload(at, 1)));
        restart();
        assertEquals(new Payload(at, 1), replica.open().get(2L));
        assertArrayEquals(large, log.read(new Payload(at, 1)));
        assertThat(finish(4)).isGreaterThan(at + 1);
    }

    @Test
    void a_read_barrier_passes_while_the_log_is_open() throws Exception {
        start();
        finish(1);
        log.readBarrier().join();
        log.close();
        assertTrue(log.readBarrier().isCompletedExceptionally());
    }

    @Test
    void a_closed_log_appends_nothing() throws Exception {
        start();
        long last = finish(1);
        log.close();
        CompletableFuture<Long> refused = log.append(List.of());
        CompletionException thrown = assertThrows(CompletionException.class, refused::join);
        assertThat(thrown.getCause()).isInstanceOf(LogUnavailableException.class);
        assertIndex(last, replica.lastIndex());
        restart();
        assertIndex(last, replica.lastIndex());
    }

    @Test
    void an_interrupted_thread_may_append_and_read() throws Exception {
        start();
        Thread.currentThread().interrupt();
        finish(1);
        assertArrayEquals(content(1), log.read(replica.open().get(1L)));
        assertTrue(Thread.interrupted(), "the interrupt was swallowed");
        long last = finish(2);
        restart();
        assertIndex(last, replica.lastIndex());
    }

    private void start() throws Exception {
        log = create();
        log.start(replica);
    }

    private void restart() throws Exception {
        log.close();
        log = reopen(log);
        replica = new RecordingReplica();
        log.start(replica);
    }

    private long finish(long step) {
        return append(List.of(batch(new LogCommand.FinishStep(SampleCommands.ID, step, content(step)))));
    }

    private long append(List<SessionBatch> batches) {
        return log.append(batches).join();
    }

    private void assertPayloads() {
        replica.open().forEach((step, payload) -> assertArrayEquals(content(step), log.read(payload), "step " + step));
    }

    private static SessionBatch batch(LogCommand... commands) {
        return new SessionBatch(1, 1, 1, List.of(commands));
    }

    private static byte[] content(long step) {
        return ("the result of step " + step).repeat((int) (step % 7)).getBytes(StandardCharsets.UTF_8);
    }
}
