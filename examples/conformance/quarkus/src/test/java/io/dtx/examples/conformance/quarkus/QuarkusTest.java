package io.dtx.examples.conformance.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.examples.conformance.Trial;
import io.quarkus.arc.Arc;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trace of the packaged application. */
class QuarkusTest {

    @TempDir
    Path directory;

    @Test
    void it_leaves_the_recorded_trace() throws Exception {
        Path application = Path.of(System.getProperty("quarkus.application"));
        List<String> program = List.of(Trial.POOL_OF_CONTAINER, "-jar", application.toString(), Trial.PART);
        assertThat(new Trial(directory, program).trace()).isEqualTo(Trial.recorded());
        Trial.passed("Quarkus ArC, with a pool of Agroal,", Arc.class);
    }
}
