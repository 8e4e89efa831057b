package io.dtx.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dtx.processor.message.Message;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each program under {@code bad/} (a file, or a folder) is refused with the codes that its lines end with, {@code //! P012},
 * at just these lines, and with nothing else. One whose first line is an option of the processor, {@code // -A...}, is compiled
 * with it.
 */
class BadProgramsTest {

    private static final Pattern EXPECTED = Pattern.compile("//!((?: P[0-9]{3})+)$");
    private static final Pattern CODE = Pattern.compile("^\\[DTX-(P[0-9]{3})] ");

    private static final Path STUBS = GoodPrograms.folder();

    @TempDir
    Path output;

    static {
        // Annotations of others, which are not worth a dependency.
        assertEquals(List.of(), Program.folder("stubs").javac(STUBS, List.of()).errors());
    }

    static String classPath() {
        return System.getProperty("java.class.path") + File.pathSeparator + STUBS;
    }

    static Set<String> expectedCodes(Path program) throws IOException {
        return expected(Program.files(program, ".java")).stream()
                .map(each -> each.replaceAll(".* ", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static String[] options(List<Path> sources, String... always) throws IOException {
        List<String> options = new ArrayList<>(List.of(always));
        for (Path source : sources) {
            String first = Files.readAllLines(source).get(0);
            if (first.startsWith("// -A")) {
                options.add(first.substring(3));
            }
        }
        return options.toArray(String[]::new);
    }

    static Stream<String> codes(Program.Compiled compiled) {
        return compiled.diagnostics().stream()
                .flatMap(each -> CODE.matcher(each.getMessage(Locale.ROOT)).results())
                .map(match -> match.group(1));
    }

    static List<Path> programs() throws IOException {
        try (Stream<Path> all = Files.list(Program.resources("bad"))) {
            return all.sorted().toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> each_problem_is_said_at_its_line() throws IOException {
        return programs().stream()
                .map(program -> DynamicTest.dynamicTest(program.getFileName().toString(), () -> {
                    List<Path> sources = Program.files(program, ".java");
                    assertEquals(expected(sources), said(compile(sources)));
                }));
    }

    @Test
    void every_message_has_a_program_that_provokes_it() throws IOException {
        Set<String> provoked = new TreeSet<>();
        for (Path program : programs()) {
            expected(Program.files(program, ".java")).forEach(each -> provoked.add(each.replaceAll(".* ", "DTX-")));
        }
        Set<String> known =
                Arrays.stream(Message.values()).map(Message::code).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Message.values().length, known.size(), "codes are unique");
        assertThat(provoked).containsExactlyElementsOf(known);
        System.out.println("diagnostics with a program, code and line: " + provoked.size() + " of " + known.size());
    }

    private Program.Compiled compile(List<Path> sources) throws IOException {
        boolean isModule = sources.stream().anyMatch(path -> path.endsWith("module-info.java"));
        return isModule
                ? Program.of(sources)
                        .javac(
                                output,
                                List.of(new DtxProcessor()),
                                "--module-path",
                                ApiModule.jar(output).toString())
                : Program.of(sources).javac(output, List.of(new DtxProcessor()), options(sources, "-cp", classPath()));
    }

    private static Set<String> expected(List<Path> sources) throws IOException {
        Set<String> expected = new TreeSet<>();
        for (Path source : sources) {
            List<String> lines = Files.readAllLines(source);
            for (int i = 0; i < lines.size(); i++) {
                Matcher marker = EXPECTED.matcher(lines.get(i));
                if (marker.find()) {
                    for (String code : marker.group(1).strip().split(" ")) {
                        expected.add(source.getFileName() + ":" + (i + 1) + " " + code);
                    }
                }
            }
        }
        return expected;
    }

    private static Set<String> said(Program.Compiled compiled) {
        Set<String> said = new TreeSet<>();
        for (Diagnostic<? extends JavaFileObject> each : compiled.diagnostics()) {
            String text = each.getMessage(Locale.ROOT);
            Matcher code = CODE.matcher(text);
            String file = each.getSource() == null
                    ? "?"
                    : Path.of(each.getSource().getName()).getFileName().toString();
            if (code.find()) {
                said.add(file + ":" + each.getLineNumber() + " " + code.group(1));
            } else if (each.getKind() == Diagnostic.Kind.ERROR) {
                said.add(file + ":" + each.getLineNumber() + " " + text);
            }
        }
        return said;
    }
}
