package io.dtx.runtime.log.file;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dtx.runtime.campaign.Tally;
import io.dtx.runtime.log.LogDamagedException;
import io.dtx.runtime.log.RecordingReplica;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a disk may do to a log at rest: every byte of every file changed, every length cut, files lost or older than the rest.
 * Each is found, or changes nothing; in no case is the log shorter or different.
 */
class DamageTest {

    /** Bytes of blank space of which one in so many is tried; all that hold anything are. */
    private static final int BLANK_STEP = Integer.getInteger("dtx.log.damage.blank-step", 499);

    private Path base;
    private Path damaged;

    /** Logs as they may be found: closed, and left by a process that was killed; each with a snapshot and two segments. */
    private final List<Path> logs = new ArrayList<>();

    private long last;

    @BeforeEach
    void create() throws IOException {
        base = Workload.fastDirectory("damage");
        damaged = base.resolve("damaged");
        Path written = base.resolve("written");
        try (FileLog log = new FileLog(written, Workload.SEGMENT_BYTES, 9_000)) {
            log.start(new RecordingReplica());
            appendUpTo(log, 4);
            awaitSnapshot(written);
            appendUpTo(log, 9);
            assertEquals(2, segments(written).size());
            logs.add(copy(written, "killed"));
        }
        logs.add(copy(written, "closed"));
    }

    @AfterEach
    void delete() throws IOException {
        Workload.delete(base);
    }

    @Test
    void every_byte_that_is_changed_is_found_or_changes_nothing() throws IOException {
        int found = 0;
        int harmless = 0;
        for (Path log : logs) {
            for (Path file : files(log)) {
                byte[] content = Files.readAllBytes(file);
                for (int at = 0; at < content.length; at += step(content, at)) {
                    int place = at;
                    boolean refused = refuses(log, file, changed -> {
                        changed.seek(place);
                        changed.write(content[place] ^ (1 << (place % 8)));
                    });
                    found += refused ? 1 : 0;
                    harmless += refused ? 0 : 1;
                }
            }
        }
        System.out.println(
                "bytes changed: " + found + " found, " + harmless + " in marks and blank space without effect");
        assertThat(found).isGreaterThan(800);
        Tally.add(found + harmless, found);
    }

    @Test
    void every_shortened_file_is_found() throws IOException {
        int found = 0;
        for (Path log : logs) {
            for (Path file : files(log)) {
                byte[] content = Files.readAllBytes(file);
                for (int length = 0; length < content.length; length += step(content, length)) {
                    int end = length;
                    assertTrue(refuses(log, file, changed -> changed.setLength(end)), file + " cut to " + length);
                    found++;
                }
            }
        }
        System.out.println("files shortened: " + found + " found");
        Tally.add(found, found);
    }

    @Test
    void every_lost_file_is_found() throws IOException {
        for (Path log : logs) {
            for (Path file : files(log)) {
                fresh(log);
                Files.delete(damaged.resolve(file.getFileName()));
                assertThat(assertThrows(LogDamagedException.class, this::open))
                        .hasMessageContaining("is missing")
                        .hasMessageContaining(damaged.toString());
            }
        }
    }

    @Test
    void a_last_record_that_is_blanked_out_is_found() throws IOException {
        for (Path log : logs) {
            Path newest = newestSegment(log);
            byte[] content = Files.readAllBytes(newest);
            int end = used(content);
            int begin = lastRecord(content);
            assertTrue(
                    refuses(log, newest, changed -> {
                        changed.seek(begin);
                        changed.write(new byte[end - begin]);
                    }),
                    "the last record is gone");
        }
    }

    @Test
    void a_torn_record_behind_the_marks_is_cut() throws IOException {
        for (Path log : logs) {
            Path newest = newestSegment(log);
            byte[] content = Files.readAllBytes(newest);
            int end = (int) RecordFormat.aligned(used(content));
            int begin = lastRecord(content);
            assertFalse(
                    refuses(log, newest, changed -> {
                        changed.seek(end);
                        changed.write(content, begin, 40);
                    }),
                    "a torn record was taken for damage");
            assertEquals(end, RecordFormat.aligned(used(Files.readAllBytes(damaged.resolve(newest.getFileName())))));
        }
    }

    @Test
    void a_bad_record_behind_the_marks_with_an_intact_one_behind_it_is_found() throws IOException {
        withoutMarks();
        Path segment = newestSegment(logs.get(0));
        List<Integer> records = records(ByteBuffer.wrap(Files.readAllBytes(segment)));
        fresh(logs.get(0));
        try (RandomAccessFile file =
                new RandomAccessFile(damaged.resolve(segment.getFileName()).toFile(), "rw")) {
            file.seek(records.get(1) + 40);
            file.write(0xAB);
        }
        assertThat(assertThrows(LogDamagedException.class, this::open))
                .hasMessageContaining("record 3 behind it, at byte " + records.get(2) + ", is intact");
    }

    @Test
    void the_test_notices_a_log_without_marks() throws IOException {
        withoutMarks();
        assertThrows(AssertionError.class, this::a_last_record_that_is_blanked_out_is_found);
    }

    /** Puts a log of three entries, whose marks stand at its beginning, in the place of the one that was killed. */
    private void withoutMarks() throws IOException {
        Path unmarked = base.resolve("unmarked");
        try (FileLog log = new FileLog(new WithoutMarks(unmarked), Workload.SEGMENT_BYTES, Workload.SNAPSHOT_BYTES)) {
            log.start(new RecordingReplica());
            last = 0;
            appendUpTo(log, 3);
            logs.set(0, copy(unmarked, "unmarked-and-killed"));
        }
    }

    @Test
    void a_record_with_another_content_and_a_right_checksum_is_found_by_the_chain() throws IOException {
        int found = 0;
        for (Path log : logs) {
            for (Path segment : segments(log)) {
                ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(segment));
                for (int at : records(content)) {
                    int length = RecordFormat.HEADER + RecordFormat.length(content, at);
                    ByteBuffer forged = ByteBuffer.allocate(length);
                    forged.put(content.slice(at, length));
                    forged.put(length - 1, (byte) (forged.get(length - 1) ^ 1));
                    RecordFormat.seal(
                            forged.clear(),
                            RecordFormat.chainBefore(content, at),
                            RecordFormat.index(content, at),
                            RecordFormat.term(content, at));
                    assertTrue(
                            refuses(log, segment, changed -> {
                                changed.seek(at);
                                changed.write(forged.array());
                            }),
                            segment + " at " + at);
                    found++;
                }
            }
        }
        System.out.println("forged records: " + found + " found");
        Tally.add(found, found);
        assertThat(found).isGreaterThan(10);
    }

    @Test
    void an_older_copy_of_a_file_is_found() throws IOException {
        Path written = base.resolve("older");
        Workload.copy(logs.get(1), written);
        try (FileLog log = Workload.log(written)) {
            log.start(new RecordingReplica());
            appendUpTo(log, 12);
        }
        for (Path file : List.of(newestSegment(logs.get(1)), logs.get(1).resolve(ManifestFile.NAME))) {
            fresh(written);
            Files.copy(file, damaged.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            assertThrows(LogDamagedException.class, this::open, file.toString());
        }
    }

    @Test
    void the_message_names_file_offset_damage_and_remedy() throws IOException {
        Path log = logs.get(1);
        Path newest = newestSegment(log);
        int at = lastRecord(Files.readAllBytes(newest));
        fresh(log);
        try (RandomAccessFile file =
                new RandomAccessFile(damaged.resolve(newest.getFileName()).toFile(), "rw")) {
            file.seek(at + 40);
            file.write(0xAB);
        }
        assertThat(assertThrows(LogDamagedException.class, this::open))
                .hasMessageContaining(damaged.resolve(newest.getFileName()) + " is damaged at byte " + at)
                .hasMessageContaining("record " + last + " fails its checksum, but everything up to record " + last)
                .hasMessageContaining("restore all of it from a backup");
    }

    @Test
    void a_directory_that_was_emptied_is_a_new_cluster() throws IOException {
        fresh(logs.get(0));
        long before = open().cluster();
        Workload.delete(damaged);
        FileLog log = open();
        assertNotEquals(before, log.cluster());
    }

    interface Change {
        void apply(RandomAccessFile file) throws IOException;
    }

    /** Returns whether the damaged log is refused; if it is not, it has to be whole. */
    private boolean refuses(Path log, Path file, Change change) throws IOException {
        fresh(log);
        Path target = damaged.resolve(file.getFileName());
        try (RandomAccessFile changed = new RandomAccessFile(target.toFile(), "rw")) {
            change.apply(changed);
        }
        byte[] before = Files.readAllBytes(target);
        try {
            open();
            return false;
        } catch (LogDamagedException e) {
            assertThat(e).hasMessageContaining(damaged.toString()).hasMessageContaining("DTX-51");
            assertThat(Files.readAllBytes(target)).as("nothing is changed").isEqualTo(before);
            return true;
        }
    }

    /** Opens the damaged log, and checks all of its entries. */
    private FileLog open() {
        RecordingReplica replica = new RecordingReplica();
        try (FileLog log = Workload.log(damaged)) {
            log.start(replica);
            if (replica.lastIndex() > 0) {
                assertEquals(last, replica.lastIndex());
                assertEquals(last, replica.open().size());
                replica.open().forEach((index, payload) -> assertArrayEquals(content(index), log.read(payload)));
            }
            return log;
        }
    }

    private void appendUpTo(FileLog log, long index) {
        while (last < index) {
            last++;
            Workload.append(log, last, content(last));
        }
    }

    /** Small but for two, which take a snapshot and a second segment; those are blank, and the tests step over them. */
    private static byte[] content(long index) {
        return index == 4 || index == 6
                ? new byte[index == 4 ? 30_000 : 28_000]
                : ("the result of step " + index).getBytes(StandardCharsets.UTF_8);
    }

    private static void awaitSnapshot(Path directory) throws IOException {
        long began = System.nanoTime();
        while (ManifestFile.open(new LogFiles(directory)).get().snapshot() == 0) {
            assertTrue(System.nanoTime() - began < 10_000_000_000L, "no snapshot");
            Thread.onSpinWait();
        }
    }

    private void fresh(Path log) throws IOException {
        if (Files.exists(damaged)) {
            Workload.delete(damaged);
        }
        Workload.copy(log, damaged);
    }

    private Path copy(Path written, String name) throws IOException {
        Path copy = base.resolve(name);
        Workload.copy(written, copy);
        for (String left : List.of(DirectoryLock.NAME, "segment.tmp", "snapshot.tmp", "manifest.tmp")) {
            Files.deleteIfExists(copy.resolve(left));
        }
        return copy;
    }

    private static List<Path> files(Path log) throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            return files.sorted().toList();
        }
    }

    private static List<Path> segments(Path log) throws IOException {
        return files(log).stream()
                .filter(file -> Segment.isName(file.getFileName().toString()))
                .toList();
    }

    private static Path newestSegment(Path log) throws IOException {
        return Collections.max(segments(log));
    }

    private static List<Integer> records(ByteBuffer segment) {
        List<Integer> offsets = new ArrayList<>();
        int at = Segment.RECORDS;
        while (!RecordFormat.isBlank(segment, at)) {
            offsets.add(at);
            at = (int) RecordFormat.aligned(at + RecordFormat.HEADER + RecordFormat.length(segment, at));
        }
        return offsets;
    }

    private static int lastRecord(byte[] segment) {
        List<Integer> records = records(ByteBuffer.wrap(segment));
        return records.get(records.size() - 1);
    }

    private static int used(byte[] content) {
        int end = content.length;
        while (content[end - 1] == 0) {
            end--;
        }
        return end;
    }

    /** The next byte to try: in long blank stretches not every one. */
    private static int step(byte[] content, int at) {
        for (int i = at; i < Math.min(content.length, at + 32); i++) {
            if (content[i] != 0) {
                return 1;
            }
        }
        return BLANK_STEP;
    }

    /** Planted: the mark of a segment stays where it was when the segment was made. */
    private static final class WithoutMarks extends LogFiles {

        WithoutMarks(Path directory) {
            super(directory);
        }

        @Override
        LogFile create(String name) throws IOException {
            return new LogFile(path(name), Set.of(READ, WRITE, CREATE_NEW)) {
                private boolean made;

                @Override
                int writeSome(ByteBuffer bytes, long position) throws IOException {
                    boolean mark = position >= MarkPage.OFFSET && position < Segment.RECORDS;
                    if (!mark || !made) {
                        made |= mark;
                        return super.writeSome(bytes, position);
                    }
                    int length = bytes.remaining();
                    bytes.position(bytes.limit());
                    return length;
                }
            };
        }
    }
}
