package io.dtx.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The programs under {@code good/} compile without a warning, and their generated code does what it should. */
class GoodProgramsTest {

    @Test
    void nothing_is_said_about_them_with_all_warnings_as_errors() {
        assertEquals(List.of(), GoodPrograms.COMPILED.diagnostics(), GoodPrograms.COMPILED.text());
        assertTrue(GoodPrograms.COMPILED.success());
    }

    @TestFactory
    Stream<DynamicTest> every_program_runs_against_its_generated_code() {
        return GoodPrograms.exercises(GoodPrograms.COMPILED.output());
    }
}
