package io.dtx.runtime.log.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dtx.TransactionId;
import io.dtx.runtime.log.CoordinatorLog;
import io.dtx.runtime.log.RecordingReplica;
import io.dtx.runtime.protocol.LogCommand;
import io.dtx.runtime.protocol.SessionBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Entries whose content follows from their index, so that whoever opens the log later can check each of them. */
final class Workload {

    static final long SEGMENT_BYTES = 64 << 10;
    static final long SNAPSHOT_BYTES = 20_000;

    /** Held, so that it stays switched off: thousands of logs are opened and broken here, and each would tell of it. */
    private static final Logger LOGGER = Logger.getLogger(FileLog.class.getName());

    static {
        LOGGER.setLevel(Level.OFF);
    }

    private static final TransactionId ID = new TransactionId(1, 1, 1);

    private Workload() {}

    /** A directory on a disk that needs no waiting for, where there is one: for tests that bring their own faults. */
    static Path fastDirectory(String name) throws IOException {
        Path memory = Path.of("/dev/shm");
        return Files.isWritable(memory) ? Files.createTempDirectory(memory, name) : Files.createTempDirectory(name);
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> paths = Files.list(from)) {
            for (Path each : paths.toList()) {
                Files.copy(each, to.resolve(each.getFileName()));
            }
        }
    }

    static FileLog log(Path directory) {
        return new FileLog(directory, SEGMENT_BYTES, SNAPSHOT_BYTES);
    }

    /** Appends the next entry; its index is that of the step that it finishes. */
    static void append(CoordinatorLog log, long index) {
        append(log, index, content(index));
    }

    static void append(CoordinatorLog log, long index, byte[] content) {
        LogCommand finish = new LogCommand.FinishStep(ID, index, content);
        assertEquals(
                index,
                log.append(List.of(new SessionBatch(1, 1, 1, List.of(finish)))).join());
    }

    /** Mostly small, some over several sectors, a few over several pages; one in 40 larger than a segment. */
    static byte[] content(long index) {
        Random random = new Random(index);
        int length = index % 40 == 21 ? 250_000 : index % 5 == 3 ? random.nextInt(9_000) : random.nextInt(700);
        byte[] bytes = new byte[length];
        if (index % 7 != 0) {
            random.nextBytes(bytes);
        }
        return bytes;
    }

    /** Asserts that this process has no file open below a directory; elsewhere than on Linux nobody knows. */
    static void assertNothingOpen(Path directory) throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return;
        }
        List<String> open = new ArrayList<>();
        try (Stream<Path> links = Files.list(descriptors)) {
            for (Path each : links.toList()) {
                if (Files.isSymbolicLink(each)) { // that of the listing itself is gone
                    String target = Files.readSymbolicLink(each).toString();
                    if (target.startsWith(directory.toString())) {
                        open.add(target);
                    }
                }
            }
        }
        assertEquals(List.of(), open, "files left open");
    }

    /** Asserts that the log holds every entry from the first to the replica's last one. */
    static void assertWhole(CoordinatorLog log, RecordingReplica replica, long acknowledged) {
        assertTrue(
                replica.lastIndex() >= acknowledged,
                () -> "acknowledged up to " + acknowledged + ", the log ends with " + replica.lastIndex());
        assertEquals(replica.lastIndex(), replica.open().size());
        replica.open().forEach((index, payload) -> {
            assertEquals(index, payload.index());
            assertArrayEquals(content(index), log.read(payload), () -> "entry " + index);
        });
    }
}
