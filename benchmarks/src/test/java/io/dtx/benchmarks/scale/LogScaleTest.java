package io.dtx.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogScaleTest {

    @TempDir
    Path directory;

    @Test
    void a_small_run_recovers_what_it_left_open() throws IOException {
        assertThat(new LogScale(directory).run(2_000, 300)).isTrue();
    }
}
