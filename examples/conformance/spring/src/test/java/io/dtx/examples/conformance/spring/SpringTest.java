package io.dtx.examples.conformance.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.examples.conformance.Trial;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ApplicationContext;

/** The trace in an application context. */
class SpringTest {

    @TempDir
    Path directory;

    @Test
    void it_leaves_the_recorded_trace() throws Exception {
        assertThat(Trial.of(directory, SpringApplication.class).trace()).isEqualTo(Trial.recorded());
        Trial.passed("Spring Framework", ApplicationContext.class);
    }
}
