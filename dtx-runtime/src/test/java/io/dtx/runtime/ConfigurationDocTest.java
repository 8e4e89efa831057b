package io.dtx.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/configuration.md lists every key with its default and its meaning, word for word, and no other. */
class ConfigurationDocTest {

    @Test
    void the_table_is_the_list_of_settings() throws IOException {
        List<String> expected = new ArrayList<>();
        for (Setting each : Setting.values()) {
            String value = each.defaultValue.isEmpty() ? "" : "`" + each.defaultValue + "`";
            expected.add("| `" + each.key + "` | " + value + " | " + each.meaning + " |");
        }
        List<String> rows = Files.readAllLines(Path.of("../docs/configuration.md")).stream()
                .filter(line -> line.startsWith("| `dtx.") && !line.contains("\"NAME\""))
                .toList();

        assertThat(rows).isEqualTo(expected);
    }
}
