package io.dtx.runtime;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.spi.StepGateway;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two versions of dtx-api on the class path are refused, with their places. */
class ApiCopiesTest {

    private static final String NAME = "io/dtx/spi/StepGateway.class";

    @TempDir
    Path folder;

    @Test
    void another_version_is_refused_and_a_copy_of_the_same_is_not() throws IOException {
        byte[] content;
        try (InputStream in = StepGateway.class.getResourceAsStream("StepGateway.class")) {
            content = in.readAllBytes();
        }
        Path copy = Files.createDirectories(folder.resolve("io/dtx/spi")).resolve("StepGateway.class");
        Files.write(copy, content);
        try (URLClassLoader both = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            assertThatCode(() -> ApiCopies.refuseTwo(both)).doesNotThrowAnyException();
            content[content.length - 1]++;
            Files.write(copy, content);
            assertThatThrownBy(() -> ApiCopies.refuseTwo(both))
                    .hasMessageStartingWith("DTX-1040 two versions of dtx-api")
                    .hasMessageContaining(NAME)
                    .hasMessageContaining(folder.toString());
        }
    }
}
