package io.dtx.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dtx.spi.Participant;
import io.dtx.spi.ParticipantBean;
import io.dtx.spi.RetrySchedule;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A class that inherits its steps from a library, and bears no annotation itself, is woven too. */
class JarsTest {

    @TestFactory
    Stream<DynamicTest> steps_of_class_files_are_woven_in_the_class_that_inherits_them() {
        return Stream.of(ToolProvider.getSystemJavaCompiler(), new EclipseCompiler())
                .map(compiler ->
                        DynamicTest.dynamicTest(compiler.getClass().getSimpleName(), () -> weaveWith(compiler)));
    }

    private static void weaveWith(JavaCompiler compiler) throws Throwable {
        Path library = GoodPrograms.folder();
        Program.Compiled base =
                Program.folder("good/inherited/base").javac(library, List.of(new DtxProcessor()), "-g:none");
        assertEquals(List.of(), base.errors());
        Path output = GoodPrograms.folder();
        String classPath = System.getProperty("java.class.path") + File.pathSeparator + library;
        Program.Compiled app = Program.folder("jar")
                .compile(compiler, output, List.of(new DtxProcessor()), "-s", output.toString(), "-cp", classPath);
        assertThat(app.errors()).isEmpty();

        ClassLoader loader = GoodPrograms.loader(output, library);
        ParticipantBean bean = (ParticipantBean)
                loader.loadClass("app.Journal_DtxBean").getConstructor().newInstance();
        Participant participant = RecordingGateway.participant(bean);
        assertThat(participant.steps()).extracting(Object::toString).containsExactly("Journal.book", "Journal.close");
        assertEquals(
                new RetrySchedule(2, 100, 2, 5_000, 0.2),
                participant.steps().get(0).retry());
        assertEquals(5_000, participant.transactions().get(0).timeoutMillis());
        RecordingGateway gateway = new RecordingGateway();
        gateway.bind(bean);
        bean.getClass().getMethod("transfer", String.class, String.class).invoke(bean, "a", "b");
        gateway.compensateAll(bean);
        assertEquals(
                List.of("book a -1", "book b 1", "cancel b 2", "cancel a -2"),
                bean.getClass().getField("done").get(bean));
    }
}
