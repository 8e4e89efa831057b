package io.dtx.runtime.log.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.log.RecordingReplica;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose the directory is, who may see it, and how large it gets. */
class DirectoryTest {

    @TempDir
    Path base;

    @Test
    void a_second_log_in_the_process_is_refused_and_a_second_process_too() throws Exception {
        Path directory = base.resolve("log");
        try (FileLog log = started(directory)) {
            LogUnavailableException here =
                    assertThrows(LogUnavailableException.class, () -> started(base.resolve("./log")));
            assertThat(here).hasMessageContaining("DTX-5103").hasMessageContaining("in this process");
            assertThat(AppendingProcess.start(directory).refusal())
                    .contains("DTX-5103")
                    .contains("by another process");
            Workload.append(log, 1);
        }
        try (FileLog log = started(directory)) {
            Workload.append(log, 2);
        }
    }

    @Test
    void files_are_the_owners_alone_and_the_directory_too() throws IOException {
        Path directory = base.resolve("some/where/log");
        try (FileLog log = started(directory)) {
            for (long i = 1; i <= 30; i++) {
                Workload.append(log, i);
            }
        }
        assertEquals("rwx------", permissions(directory));
        try (Stream<Path> files = Files.list(directory)) { // closed, so that no snapshot makes and drops files beside
            List<Path> all = files.toList();
            assertThat(all).hasSizeGreaterThan(3);
            all.forEach(file -> assertEquals("rw-------", permissions(file), file.toString()));
        }
    }

    @Test
    void a_directory_that_others_may_read_is_closed_to_them() throws IOException {
        Path directory = Files.createDirectory(base.resolve("log"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        started(directory).close();
        assertEquals("rwx------", permissions(directory));
    }

    @Test
    void a_directory_with_other_things_in_it_is_refused_and_left_alone() throws IOException {
        Path directory = Files.createDirectory(base.resolve("home"));
        Files.createFile(directory.resolve("letter.txt"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(assertThrows(LogUnavailableException.class, () -> started(directory)))
                .hasMessageContaining("letter.txt");
        assertEquals("rwxr-xr-x", permissions(directory));
        assertEquals(List.of("letter.txt"), new LogFiles(directory).names());
    }

    @Test
    void a_directory_that_cannot_be_made_is_named() throws IOException {
        Path file = Files.createFile(base.resolve("file"));
        assertThat(assertThrows(LogUnavailableException.class, () -> started(file.resolve("log"))))
                .hasMessageContaining(file.resolve("log").toString());
    }

    @Test
    void what_a_crash_left_behind_is_cleared_away() throws IOException {
        Path directory = base.resolve("log");
        started(directory).close();
        List<String> clean = new LogFiles(directory).names();
        for (String left : List.of("segment.tmp", "snapshot.tmp", "manifest.tmp", SnapshotFormat.name(7))) {
            Files.writeString(directory.resolve(left), "half of it");
        }
        started(directory).close();
        assertEquals(clean, new LogFiles(directory).names());
    }

    @Test
    void snapshots_bound_the_directory() throws IOException {
        Path fast = Workload.fastDirectory("bounded");
        long largest = 0;
        try (FileLog log = new FileLog(fast, 64 << 10, 256 << 10)) {
            RecordingReplica replica = new RecordingReplica();
            log.start(replica);
            for (long i = 1; i <= 20_000; i++) {
                Workload.append(log, i, new byte[100]);
                replica.open().clear();
                if (i % 1_000 == 0) {
                    largest = Math.max(largest, size(fast));
                }
            }
        } finally {
            Workload.delete(fast);
        }
        System.out.println(
                "20,000 entries of 170 bytes, a snapshot every 256 KiB: the directory has at most " + largest);
        assertThat(largest).isLessThan(1 << 20);
    }

    private static FileLog started(Path directory) {
        FileLog log = Workload.log(directory);
        log.start(new RecordingReplica());
        return log;
    }

    private static String permissions(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path directory) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                bytes += Files.exists(file) ? file.toFile().length() : 0;
            }
        }
        return bytes;
    }
}
