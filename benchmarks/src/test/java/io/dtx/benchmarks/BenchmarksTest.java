package io.dtx.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarksTest {

    @TempDir
    Path directory;

    @Test
    void a_short_run_of_the_log_prints_ratios_and_clean_audits() throws Exception {
        Options options = Options.parse(
                "--only", "log", "--callers", "4", "--seconds", "0.3", "--directory", directory.toString());
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        boolean right = Benchmarks.run(options, new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(right).isTrue();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("ratio of throughput: ", "audit of dtx: every step of ", "bare fdatasync of ");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void a_short_run_of_the_replicated_log_prints_ratios_and_clean_audits() throws Exception {
        Options options = Options.parse(
                "--only", "cluster", "--callers", "4", "--seconds", "0.3", "--directory", directory.toString());
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        boolean right = Benchmarks.run(options, new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(right).isTrue();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains(
                        "ratio of throughput: ",
                        "leader's stages in turns of their own, median and 99th percentile in µs: queue ",
                        "audit of dtx: every step of ",
                        "audit of dtx alone: every step of ",
                        "audit of ideal log: every step of ");
        assertThat(directory).isEmptyDirectory();
    }
}
