package io.dtx.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Other compilers than the running JDK's write the same code from the same programs. */
class CompilersTest {

    @TestFactory
    Stream<DynamicTest> the_programs_run_when_ecj_compiled_them() throws IOException {
        Path output = GoodPrograms.folder();
        Program.Compiled compiled = Program.folder("good")
                .compile(
                        new EclipseCompiler(),
                        output,
                        List.of(new DtxProcessor()),
                        "-s",
                        output.toString(),
                        "-proceedOnError");
        assertEquals(List.of(), compiled.errors(), compiled.text());
        assertTrue(compiled.success());
        assertWritesTheSame(output);
        return GoodPrograms.exercises(output);
    }

    @TestFactory
    Stream<DynamicTest> ecj_says_the_same_problems() throws IOException {
        return BadProgramsTest.programs().stream()
                .filter(program -> !program.endsWith("module")) // needs a module path
                .filter(program -> !program.getFileName().toString().startsWith("super_calls")) // are in no element
                .map(program -> DynamicTest.dynamicTest(program.getFileName().toString(), () -> {
                    Set<String> said = new TreeSet<>();
                    Path output = GoodPrograms.folder();
                    BadProgramsTest.codes(Program.of(Program.files(program, ".java"))
                                    .compile(
                                            new EclipseCompiler(),
                                            output,
                                            List.of(new DtxProcessor()),
                                            BadProgramsTest.options(
                                                    Program.files(program, ".java"),
                                                    "-s", // else it writes beside what it is run in
                                                    output.toString(),
                                                    "-cp",
                                                    BadProgramsTest.classPath())))
                            .forEach(said::add);
                    assertEquals(BadProgramsTest.expectedCodes(program), said);
                }));
    }

    @Test
    void the_programs_compile_on_jdk_25() throws IOException, InterruptedException {
        assumeTrue(
                Jdk.find(25).isPresent(),
                () -> "SKIPPED: no JDK 25 in " + Jdk.PLACES + "; set JAVA_25_HOME to run its javac");
        Path output = GoodPrograms.folder();
        String said = Jdk.find(25)
                .get()
                .javac(
                        Program.folder("good").sources(),
                        output,
                        "-processor",
                        DtxProcessor.class.getName(),
                        "-Xlint:all,-processing,-options",
                        "-Werror");
        assertEquals("", said);
        assertWritesTheSame(output);
        for (DynamicTest exercise : GoodPrograms.exercises(output).toList()) {
            try {
                exercise.getExecutable().execute();
            } catch (Throwable e) {
                throw new AssertionError(exercise.getDisplayName(), e);
            }
        }
        System.out.println("javac 25: " + ExpectedCodeTest.names(output).size() + " files as expected");
    }

    private static void assertWritesTheSame(Path output) throws IOException {
        Path written = GoodPrograms.COMPILED.output();
        assertEquals(ExpectedCodeTest.names(written), ExpectedCodeTest.names(output));
        for (String name : ExpectedCodeTest.names(written)) {
            assertEquals(Files.readString(written.resolve(name)), Files.readString(output.resolve(name)), name);
        }
    }
}
