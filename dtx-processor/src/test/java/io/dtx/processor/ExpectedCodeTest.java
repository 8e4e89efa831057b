package io.dtx.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is written for the programs under {@code good/} is what stands under {@code expected/}; -Ddtx.rewrite=true records it. */
class ExpectedCodeTest {

    private static final Path SOURCE = Path.of("src/test/resources/expected");

    @Test
    void the_written_code_is_the_expected_code() throws IOException {
        Path written = GoodPrograms.COMPILED.output();
        if (Boolean.getBoolean("dtx.rewrite")) {
            rewrite(written);
        }
        assertEquals(names(SOURCE), names(written));
        assertTrue(names(SOURCE).size() > 20);
        for (String name : names(SOURCE)) {
            assertEquals(Files.readString(SOURCE.resolve(name)), Files.readString(written.resolve(name)), name);
        }
    }

    private static void rewrite(Path written) throws IOException {
        for (String name : names(SOURCE)) {
            Files.delete(SOURCE.resolve(name));
        }
        for (String name : names(written)) {
            Path target = SOURCE.resolve(name);
            Files.createDirectories(target.getParent());
            Files.copy(written.resolve(name), target);
        }
    }

    static Set<String> names(Path folder) {
        Set<String> names = new TreeSet<>();
        Stream.of("_DtxBean.java", "_DtxParticipant.java", ".json")
                .flatMap(end -> Program.files(folder, end).stream())
                .forEach(path -> names.add(folder.relativize(path).toString()));
        return names;
    }
}
