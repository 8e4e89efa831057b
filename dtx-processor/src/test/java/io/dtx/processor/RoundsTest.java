package io.dtx.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Classes that mention types of other processors wait until these have written them. */
class RoundsTest {

    /** Writes a record and a superclass that the program mentions, in its second round. */
    @SupportedAnnotationTypes("*")
    static final class Late extends AbstractProcessor {
        private int round;

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latestSupported();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment environment) {
            round++;
            try {
                if (round == 1) {
                    write("Early", "package late; class Early {}");
                } else if (round == 2) {
                    write("Line", "package late; public record Line(String sku) {}");
                    write(
                            "Base",
                            "package late; public abstract class Base {"
                                    + " @io.dtx.SagaStep(compensate = \"undo\") public void step(Line line) {}"
                                    + " public void undo(Line line) {} }");
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return false;
        }

        private void write(String name, String text) throws IOException {
            try (Writer out =
                    processingEnv.getFiler().createSourceFile("late." + name).openWriter()) {
                out.write(text);
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> a_class_waits_for_types_of_others_in_either_order() {
        return Stream.of(true, false)
                .map(late -> DynamicTest.dynamicTest(late ? "after" : "before", () -> {
                    Path output = GoodPrograms.folder();
                    List<Processor> processors =
                            late ? List.of(new Late(), new DtxProcessor()) : List.of(new DtxProcessor(), new Late());
                    Program.Compiled compiled = Program.folder("late").javac(output, processors);
                    assertThat(compiled.errors()).isEmpty();
                    assertTrue(Files.exists(output.resolve("late/Shop_DtxBean.class")));
                    assertTrue(
                            Files.exists(output.resolve("late/Heir_DtxBean.class")), "its superclass was written late");
                }));
    }

    @Test
    void a_type_that_never_comes_is_the_compilers_complaint_alone() {
        Path output = GoodPrograms.folder();
        Program.Compiled compiled = Program.folder("late").javac(output, List.of(new DtxProcessor()));
        assertFalse(compiled.success());
        assertThat(compiled.errors()).isNotEmpty().allMatch(text -> text.startsWith("cannot find symbol"));
        assertEquals(List.of(), Program.files(output, "_DtxBean.java"));
    }

    @Test
    void the_processor_is_found_and_isolating() throws IOException {
        assertEquals(
                DtxProcessor.class.getName(),
                Files.readString(Program.resources("META-INF/services/javax.annotation.processing.Processor"))
                        .strip());
        assertEquals(
                DtxProcessor.class.getName() + ",isolating",
                Files.readString(Program.resources("META-INF/gradle/incremental.annotation.processors"))
                        .strip());
    }
}
