package io.dtx.examples.conformance.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.examples.conformance.Trial;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trace of the packaged application. */
class SpringBootTest {

    @TempDir
    Path directory;

    @Test
    void it_leaves_the_recorded_trace() throws Exception {
        Path application = Path.of(System.getProperty("boot.application"));
        List<String> program = List.of(Trial.POOL_OF_CONTAINER, "-jar", application.toString(), Trial.PART);
        assertThat(new Trial(directory, program).trace()).isEqualTo(Trial.recorded());
        System.out.println("PASSED Spring Boot, with a pool of HikariCP, " + System.getProperty("boot.version")
                + ", Java " + Runtime.version());
    }
}
