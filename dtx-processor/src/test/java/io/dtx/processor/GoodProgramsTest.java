package io.dtx.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The programs under {@code good/} compile without a warning, and their generated code does what it should. */
class GoodProgramsTest {

    @TempDir
    static Path output;

    private static Program.Compiled compiled;
    private static URLClassLoader loader;

    @BeforeAll
    static void compile() throws IOException {
        compiled =
                Program.folder("good").javac(output, List.of(new DtxProcessor()), "-Xlint:all,-processing", "-Werror");
        loader = new URLClassLoader(new URL[] {output.toUri().toURL()});
    }

    @AfterAll
    static void close() throws IOException {
        loader.close();
    }

    @TestFactory
    Stream<DynamicTest> every_program_runs_against_its_generated_code() {
        assertEquals(List.of(), compiled.diagnostics(), compiled.text());
        assertTrue(compiled.success());
        List<Path> exercises = Program.files(output, "Exercise.class");
        assertTrue(exercises.size() >= 8, "found " + exercises);
        return exercises.stream().map(path -> {
            String name =
                    output.relativize(path).toString().replace(".class", "").replace('/', '.');
            return DynamicTest.dynamicTest(name, () -> exercise(name).run(new RecordingGateway()));
        });
    }

    private static Exercise exercise(String name) throws ReflectiveOperationException {
        return loader.loadClass(name)
                .asSubclass(Exercise.class)
                .getConstructor()
                .newInstance();
    }
}
