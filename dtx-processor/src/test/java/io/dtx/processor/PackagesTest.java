package io.dtx.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The processor's packages form a line: read, model, validate, write; JavaPoet writes, and names types. */
class PackagesTest {

    private static final Path SOURCES = Path.of("src/main/java/io/dtx/processor");
    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?io\\.dtx\\.processor\\.([a-z]+)\\.", Pattern.MULTILINE);
    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "message", Set.of(),
            "model", Set.of("message"),
            "read", Set.of("model"),
            "validate", Set.of("model", "message"),
            "write", Set.of("model"));

    @Test
    void no_package_depends_on_a_later_one() throws IOException {
        Set<String> wrong = new TreeSet<>();
        int files = 0;
        for (Map.Entry<String, Set<String>> each : ALLOWED.entrySet()) {
            for (Path source : Program.files(SOURCES.resolve(each.getKey()), ".java")) {
                files++;
                IMPORT.matcher(Files.readString(source))
                        .results()
                        .map((MatchResult match) -> match.group(1))
                        .filter(used ->
                                !used.equals(each.getKey()) && !each.getValue().contains(used))
                        .forEach(used -> wrong.add(source.getFileName() + " uses " + used));
            }
        }
        assertEquals(Set.of(), wrong);
        assertTrue(files > 40, "looked at " + files);
    }

    @Test
    void files_are_small() throws IOException {
        List<Path> sources = Program.files(SOURCES, ".java");
        for (Path source : sources) {
            long lines = Files.readString(source).lines().count();
            assertTrue(lines <= 250, source + " has " + lines + " lines");
        }
    }
}
