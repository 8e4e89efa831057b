package io.dtx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.dtx.runtime.DtxMember;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of a coordinator at rest, sound and damaged. */
class LogCheckCommandTest {

    private static final int RECORDS = 8192; // behind the two pages of a segment's header

    @TempDir
    Path base;

    private Path log;

    @BeforeEach
    void write() throws Exception {
        log = base.resolve("log");
        try (DtxMember member = member();
                Application shop = new Application(member.port(), Map.of())) {
            for (int i = 0; i < 5; i++) {
                shop.order(i);
            }
        }
    }

    @Test
    void a_sound_log_is_a_table_of_its_files() {
        Run run = Run.of("log", "check", log.toString());

        assertThat(run.exit()).isZero();
        assertThat(run.out()).startsWith("FILE ");
        assertThat(run.out()).containsPattern("manifest +sound");
        assertThat(run.out()).containsPattern("segment-0+1\\.log +\\d+ +1 +\\d+ +sound");
        assertThat(run.out()).contains(" in " + log.toAbsolutePath() + " is sound, up to entry ");
    }

    @Test
    void a_flipped_bit_is_named_with_file_byte_and_remedy() throws IOException {
        Path segment = segment();
        change(segment, RECORDS + 40);

        Run run = Run.of("log", "check", log.toString());

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).containsPattern("segment-0+1\\.log +damaged");
        assertThat(run.out()).contains(segment.getFileName() + ", byte " + RECORDS + ": record 1 fails its checksum");
        assertThat(run.out()).contains("restore all of it from a backup");
    }

    @Test
    void a_shortened_file_is_named_for_programs() throws IOException {
        Path segment = segment();
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.setLength(RECORDS + 100);
        }

        Run run = Run.of("log", "check", "--json", log.toString());

        Map<String, Object> report = JSON.std.mapFrom(run.out());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(report).containsEntry("sound", false);
        assertThat((List<?>) report.get("files"))
                .anySatisfy(each -> assertThat((Map<?, ?>) each)
                        .asString()
                        .contains(segment.getFileName() + "", "result=damaged", "offset=" + (RECORDS + 100)));
    }

    @Test
    void a_log_in_use_is_left_alone() {
        try (DtxMember member = member()) {
            assertThat(member.port()).isPositive();

            Run run = Run.of("log", "check", log.toString());

            assertThat(run.exit()).isEqualTo(3);
            assertThat(run.err()).contains("DTX-5118");
        }
    }

    @Test
    void a_directory_without_a_log_is_the_callers_mistake() {
        assertThat(Run.of("log", "check", base.toString()).exit()).isEqualTo(2);
        assertThat(Run.of("log", "check").exit()).isEqualTo(2);
    }

    private DtxMember member() {
        return DtxMember.start(Map.of("dtx.log.dir", log.toString(), "dtx.member.listen", "127.0.0.1:0"));
    }

    private Path segment() throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            return files.filter(each -> each.getFileName().toString().startsWith("segment-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void change(Path path, long place) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(place);
            int old = file.read();
            file.seek(place);
            file.write(old ^ 4);
        }
    }
}
