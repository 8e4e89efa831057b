package io.dtx.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts under the test resources that are compared, or recorded anew with {@code -Ddtx.rewrite=true}. */
final class RecordedText {

    private static final Path RESOURCES = Path.of("src/test/resources");

    private RecordedText() {}

    static Path path(String name) {
        return RESOURCES.resolve(name);
    }

    static void compare(String name, String actual) throws IOException {
        Path file = path(name);
        if (Boolean.getBoolean("dtx.rewrite")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, actual);
        }
        assertThat(actual).as(name + "; -Ddtx.rewrite=true records it anew").isEqualTo(Files.readString(file));
    }
}
