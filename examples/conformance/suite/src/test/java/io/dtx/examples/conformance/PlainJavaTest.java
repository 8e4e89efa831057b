package io.dtx.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trace without a container. This is where it is recorded: {@code -Ddtx.rewrite=true}, and review the difference. */
class PlainJavaTest {

    private static final Path RECORDED =
            Path.of("src", "main", "resources", "io", "dtx", "examples", "conformance", "trace.txt");

    @TempDir
    Path directory;

    @Test
    void plain_java_leaves_the_recorded_trace() throws Exception {
        String trace = Trial.of(directory, PlainJava.class).trace();

        if (Boolean.getBoolean("dtx.rewrite")) {
            Files.writeString(RECORDED, trace);
        }
        assertThat(trace).isEqualTo(Files.readString(RECORDED));
        System.out.println("PASSED plain Java " + Runtime.version());
    }
}
