package io.dtx.runtime.log.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.log.RecordingReplica;
import io.dtx.runtime.protocol.Payload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens beside an append: reads, snapshots, segments that go away, and errors on the other thread. */
@Timeout(60)
class ConcurrencyTest {

    private static final int ENTRIES = 1_500;

    private Path directory;

    @BeforeEach
    void create() throws IOException {
        directory = Workload.fastDirectory("concurrency");
    }

    @AfterEach
    void delete() throws IOException {
        Workload.delete(directory);
    }

    @Test
    void reads_find_every_payload_while_snapshots_replace_segments() throws Exception {
        AtomicLong appended = new AtomicLong();
        AtomicLong done = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (FileLog log = Workload.log(directory)) {
            log.start(new RecordingReplica());
            List<Future<Long>> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Random random = new Random(i);
                readers.add(threads.submit(reader(log, random, appended, done)));
            }
            LogFiles files = new LogFiles(directory);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            for (long index = 1; index <= ENTRIES || isAwaited(files, end); index++) {
                Workload.append(log, index, content(index));
                appended.set(index);
            }
            done.set(1);
            long reads = readers.get(0).get() + readers.get(1).get();
            List<String> names = files.names();
            System.out.println(reads + " reads beside " + appended + " appends; left: " + names);
            assertThat(names).doesNotContain(Segment.name(1));
        } finally {
            threads.shutdownNow();
        }
    }

    /** The snapshot that replaces the first segment may take longer than the appends. */
    private static boolean isAwaited(LogFiles files, long end) throws IOException {
        return files.names().contains(Segment.name(1)) && System.nanoTime() - end < 0;
    }

    private static Callable<Long> reader(FileLog log, Random random, AtomicLong appended, AtomicLong done) {
        return () -> {
            long reads = 0;
            while (done.get() == 0 || reads == 0) {
                long last = appended.get();
                if (last > 0) {
                    long index = 1L + random.nextInt((int) last);
                    if (random.nextInt(10) == 0) {
                        Thread.currentThread().interrupt();
                    }
                    assertArrayEquals(content(index), log.read(new Payload(index, 0)), "entry " + index);
                    Thread.interrupted();
                    reads++;
                }
            }
            return reads;
        };
    }

    @Test
    void an_error_while_a_snapshot_is_written_stops_the_log_which_the_replica_may_then_close() throws Exception {
        IOException error = new IOException("Input/output error");
        FileLog log = new FileLog(
                new LogFiles(directory) {
                    @Override
                    LogFile create(String name) throws IOException {
                        if (name.startsWith("snapshot")) {
                            throw error;
                        }
                        return super.create(name);
                    }
                },
                Workload.SEGMENT_BYTES,
                2_000);
        CountDownLatch told = new CountDownLatch(1);
        RecordingReplica replica = closing(log, told);
        log.start(replica);
        CompletionException refused = assertThrows(CompletionException.class, () -> {
            for (long index = 1; ; index++) {
                Workload.append(log, index, content(index));
            }
        });
        assertThat(refused.getCause()).isInstanceOf(LogUnavailableException.class);
        told.await();
        assertSame(error, replica.failure());
        awaitUnlocked();
    }

    @Test
    void an_error_of_an_append_stops_the_log_which_the_replica_may_then_close() throws Exception {
        SimulatedDisk disk = new SimulatedDisk(directory, SimulatedDisk.Fault.EIO, 30);
        FileLog log = new FileLog(disk, Workload.SEGMENT_BYTES, Long.MAX_VALUE);
        CountDownLatch told = new CountDownLatch(1);
        log.start(closing(log, told));
        assertThrows(CompletionException.class, () -> {
            for (long index = 1; ; index++) {
                Workload.append(log, index, content(index));
            }
        });
        told.await();
        awaitUnlocked();
    }

    private static RecordingReplica closing(FileLog log, CountDownLatch told) {
        return new RecordingReplica() {
            @Override
            public void onFailed(Throwable cause) {
                super.onFailed(cause);
                log.close();
                told.countDown();
            }
        };
    }

    /** The log that was closed from a callback lets go of the directory a little later. */
    private void awaitUnlocked() {
        long began = System.nanoTime();
        while (true) {
            try (FileLog next = Workload.log(directory)) {
                next.start(new RecordingReplica());
                return;
            } catch (LogUnavailableException e) {
                assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(30));
                Thread.onSpinWait();
            }
        }
    }

    private static byte[] content(long index) {
        byte[] bytes = new byte[(int) (index % 700)];
        new Random(index).nextBytes(bytes);
        return bytes;
    }
}
