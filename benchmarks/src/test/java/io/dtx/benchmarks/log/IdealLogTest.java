package io.dtx.benchmarks.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdealLogTest {

    private static final int THREADS = 16;
    private static final int APPENDS = 50;

    @TempDir
    Path directory;

    @Test
    void every_append_of_many_threads_is_in_the_file_once_behind_a_valid_checksum() throws Exception {
        Path file = directory.resolve("ideal.log");
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        long forces;
        try (IdealLog log = new IdealLog(file, 4 << 20)) {
            List<Future<?>> appending = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                long first = (long) thread * APPENDS;
                appending.add(threads.submit(() -> append(log, first)));
            }
            for (Future<?> each : appending) {
                each.get();
            }
            forces = log.forces();
        } finally {
            threads.shutdownNow();
        }

        assertThat(forces).isBetween((long) APPENDS, (long) THREADS * APPENDS);
        assertThat(records(file, forces)).hasSize(THREADS * APPENDS);
    }

    private static void append(IdealLog log, long first) {
        for (long number = first; number < first + APPENDS; number++) {
            log.append(ByteBuffer.allocate(40).putLong(number).array());
        }
    }

    private static Set<Long> records(Path file, long batches) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        Set<Long> records = new HashSet<>();
        for (long batch = 1; batch <= batches; batch++) {
            int length = bytes.getInt();
            CRC32C checksum = new CRC32C();
            int stored = bytes.getInt();
            ByteBuffer rest = bytes.slice(bytes.position(), length - 8);
            checksum.update(rest.duplicate());
            assertThat(stored).isEqualTo((int) checksum.getValue());
            assertThat(rest.getLong()).isEqualTo(batch);
            while (rest.hasRemaining()) {
                byte[] record = new byte[rest.getInt()];
                rest.get(record);
                assertThat(records.add(ByteBuffer.wrap(record).getLong())).isTrue();
            }
            bytes.position(bytes.position() + length - 8);
        }
        return records;
    }
}
