package io.dtx.runtime.log.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.runtime.log.LogDamagedException;
import io.dtx.runtime.log.LogUnavailableException;
import io.dtx.runtime.log.RecordingReplica;
import io.dtx.runtime.log.file.CheckedFile.Verdict;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The check of a log at rest says what the next start would say, of every file, and changes nothing. */
class LogCheckTest {

    private Path base;
    private Path written;
    private Path damaged;

    @BeforeEach
    void create() throws IOException {
        base = Workload.fastDirectory("check");
        written = base.resolve("written");
        damaged = base.resolve("damaged");
        try (FileLog log = new FileLog(written, Workload.SEGMENT_BYTES, 60_000)) {
            log.start(new RecordingReplica());
            for (long i = 1; i <= 4; i++) {
                Workload.append(log, i, new byte[i == 4 ? 61_000 : 100]);
            }
            while (ManifestFile.find(new LogFiles(written)).snapshot() == 0) {
                LockSupport.parkNanos(1_000_000);
            }
        }
        try (FileLog log = new FileLog(written, Workload.SEGMENT_BYTES, 1 << 20)) {
            log.start(new RecordingReplica());
            for (long i = 5; i <= 14; i++) {
                Workload.append(log, i, new byte[i % 2 == 0 ? 18_000 : 300]);
            }
        }
        assertThat(LogCheck.of(written).files())
                .as("what the snapshot holds waits for the next start")
                .filteredOn(each -> each.verdict() == Verdict.LEFT_OVER)
                .hasSize(1);
        try (FileLog log = new FileLog(written, Workload.SEGMENT_BYTES, 1 << 20)) {
            log.start(new RecordingReplica());
        }
    }

    @AfterEach
    void delete() throws IOException {
        Workload.delete(base);
    }

    @Test
    void a_sound_log_is_told_file_by_file() throws IOException {
        LogReport report = LogCheck.of(written);

        assertThat(report.isSound()).isTrue();
        assertThat(report.last()).isEqualTo(14);
        assertThat(report.cluster()).isNotZero();
        assertThat(report.files()).allMatch(each -> each.verdict() == Verdict.SOUND);
        assertThat(report.files()).extracting(CheckedFile::name).contains(ManifestFile.NAME);
        assertThat(report.files().stream().filter(each -> each.name().startsWith("snapshot-")))
                .singleElement()
                .satisfies(each -> assertThat(each.last()).isEqualTo(4));
        assertThat(report.files().stream()
                        .filter(each -> Segment.isName(each.name()))
                        .mapToLong(CheckedFile::last))
                .contains(14L)
                .hasSizeGreaterThan(1);
    }

    @Test
    void it_says_what_a_start_says_wherever_a_bit_is_flipped_or_a_file_is_cut() throws IOException {
        long seed = Long.getLong("dtx.log.check.seed", System.nanoTime());
        Random random = new Random(seed);
        List<Path> files = files(written);
        int refused = 0;
        for (int trial = 0; trial < 300; trial++) {
            Path file = files.get(random.nextInt(files.size()));
            int place = trial % 4 == 0 ? random.nextInt((int) Files.size(file)) : usedPlace(file, random);
            boolean cut = trial % 10 == 0;
            change(file, changed -> {
                if (cut) {
                    changed.setLength(place);
                } else {
                    changed.seek(place);
                    int old = changed.read();
                    changed.seek(place);
                    changed.write(old ^ (1 << random.nextInt(8)));
                }
            });
            Map<String, byte[]> before = contents();

            LogReport report = LogCheck.of(damaged);

            assertThat(contents().keySet()).as("seed %d", seed).isEqualTo(before.keySet());
            contents()
                    .forEach((name, bytes) -> assertThat(Arrays.equals(bytes, before.get(name)))
                            .as("%s is as it was", name)
                            .isTrue());
            String refusal = refusal();
            assertThat(report.isSound())
                    .as("seed %d, %s at %d: a start says %s, the check %s", seed, file, place, refusal, report)
                    .isEqualTo(refusal.isEmpty());
            if (!refusal.isEmpty()) {
                refused++;
                assertThat(report.files())
                        .anySatisfy(each ->
                                assertThat(refusal).contains(each.name()).contains(each.text()));
            }
        }
        System.out.println("LOG CHECK seed " + seed + ": 300 logs, " + refused + " refused by both");
        assertThat(refused).isGreaterThan(150);
    }

    @Test
    void it_goes_on_behind_the_first_damage() throws IOException {
        List<Path> segments = files(written).stream()
                .filter(each -> Segment.isName(each.getFileName().toString()))
                .toList();
        Path first = segments.get(0);
        Path newest = segments.get(segments.size() - 1);
        change(first, changed -> {
            changed.seek(Segment.RECORDS + 40);
            changed.write(0xAB);
        });
        try (RandomAccessFile changed =
                new RandomAccessFile(damaged.resolve(newest.getFileName()).toFile(), "rw")) {
            changed.seek(Segment.RECORDS + 40);
            changed.write(0xAB);
        }

        LogReport report = LogCheck.of(damaged);

        assertThat(report.files().stream().filter(each -> each.verdict() == Verdict.DAMAGED))
                .hasSize(2)
                .allMatch(each -> each.offset() == Segment.RECORDS);
        assertThat(report.remedy()).contains("restore all of it from a backup");
    }

    @Test
    void a_lost_file_is_named() throws IOException {
        for (Path file : files(written)) {
            fresh();
            Files.delete(damaged.resolve(file.getFileName()));

            LogReport report = LogCheck.of(damaged);

            assertThat(report.isSound()).isFalse();
            assertThat(report.files())
                    .anySatisfy(each -> assertThat(each.text()).startsWith("it is missing"));
        }
    }

    @Test
    void a_log_that_is_open_is_not_checked() throws IOException {
        try (FileLog log = Workload.log(written)) {
            log.start(new RecordingReplica());

            assertThatThrownBy(() -> LogCheck.of(written))
                    .isInstanceOf(LogUnavailableException.class)
                    .hasMessageContaining("DTX-5118");
        }
        assertThat(LogCheck.of(written).isSound()).isTrue();
    }

    @Test
    void a_directory_without_a_log_is_not_made_one() throws IOException {
        Path empty = Files.createDirectory(base.resolve("empty"));

        assertThatThrownBy(() -> LogCheck.of(empty)).hasMessageContaining("DTX-5119");
        assertThatThrownBy(() -> LogCheck.of(base.resolve("nowhere"))).hasMessageContaining("DTX-5119");

        assertThat(empty).isEmptyDirectory();
    }

    interface Change {
        void apply(RandomAccessFile file) throws IOException;
    }

    private void change(Path file, Change change) throws IOException {
        fresh();
        try (RandomAccessFile changed =
                new RandomAccessFile(damaged.resolve(file.getFileName()).toFile(), "rw")) {
            change.apply(changed);
        }
    }

    private void fresh() throws IOException {
        if (Files.exists(damaged)) {
            Workload.delete(damaged);
        }
        Workload.copy(written, damaged);
        Files.delete(damaged.resolve(DirectoryLock.NAME));
    }

    /** What a start says that refuses the damaged log; empty: it does not. */
    private String refusal() {
        try (FileLog log = Workload.log(damaged)) {
            log.start(new RecordingReplica());
            return "";
        } catch (LogDamagedException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private Map<String, byte[]> contents() throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        for (Path each : files(damaged)) {
            contents.put(each.getFileName().toString(), Files.readAllBytes(each));
        }
        return contents;
    }

    private static int usedPlace(Path file, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int place = random.nextInt(bytes.length);
        for (int i = 0; i < bytes.length && bytes[place] == 0; i++) {
            place = (place + 1) % bytes.length;
        }
        return place;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(each -> !each.getFileName().toString().equals(DirectoryLock.NAME))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }
}
