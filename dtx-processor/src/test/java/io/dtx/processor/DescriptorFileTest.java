package io.dtx.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The descriptor beside the classes says what a class needs. */
class DescriptorFileTest {

    @Test
    void it_lists_what_a_container_must_inject_in_order_and_inherited_too() throws IOException {
        Path output = GoodPrograms.folder();
        Program.Compiled compiled = Program.folder("guarded")
                .javac(output, List.of(new DtxProcessor()), "-cp", BadProgramsTest.classPath());
        assertThat(compiled.errors()).isEmpty();
        assertThat(Files.readString(output.resolve("META-INF/dtx/app.Shop.json")))
                .contains("\"guarded\": [\"audit\", \"payments\", \"stock\"]");
    }
}
