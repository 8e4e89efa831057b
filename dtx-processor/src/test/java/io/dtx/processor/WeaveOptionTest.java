package io.dtx.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dtx.spi.GeneratedCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;
import org.junit.jupiter.api.Test;

/** With {@code -Adtx.weave=bytecode} or {@code none} there is no subclass, but the calls that another tier makes. */
class WeaveOptionTest {

    private static final Path EXPECTED = Path.of("src/test/resources/expected-woven");

    private static final Program.Compiled COMPILED = Program.folder("woven")
            .javac(
                    GoodPrograms.folder(),
                    List.of(new DtxProcessor()),
                    "-Adtx.weave=bytecode",
                    "-Xlint:all,-processing",
                    "-Werror");

    @Test
    void what_only_bytecode_can_weave_gets_calls_and_no_subclass() throws IOException {
        assertThat(COMPILED.diagnostics()).isEmpty();
        Path output = COMPILED.output();
        assertThat(Program.files(output, "_DtxBean.java")).isEmpty();
        assertThat(Program.files(output, "_DtxCalls.class")).hasSize(9);
        for (String name :
                List.of("woven/Till_DtxCalls.java", "woven/OrderStore_DtxCalls.java", "META-INF/dtx/woven.Till.json")) {
            Path expected = EXPECTED.resolve(name);
            if (Boolean.getBoolean("dtx.rewrite")) {
                Files.createDirectories(expected.getParent());
                Files.writeString(expected, Files.readString(output.resolve(name)));
            }
            assertEquals(Files.readString(expected), Files.readString(output.resolve(name)), name);
        }
    }

    @Test
    void ecj_writes_the_same_calls() throws IOException {
        Path output = GoodPrograms.folder();
        Program.Compiled compiled = Program.folder("woven")
                .compile(
                        new EclipseCompiler(),
                        output,
                        List.of(new DtxProcessor()),
                        "-Adtx.weave=bytecode",
                        "-s",
                        output.toString());
        assertThat(compiled.errors()).isEmpty();
        String name = "woven/Till_DtxCalls.java";
        assertEquals(Files.readString(EXPECTED.resolve(name)), Files.readString(output.resolve(name)));
    }

    @Test
    void interceptors_enter_with_the_arguments_in_an_array() throws Throwable {
        GeneratedCalls calls = (GeneratedCalls) GoodPrograms.loader(COMPILED.output())
                .loadClass("woven.Till_DtxCalls")
                .getConstructor()
                .newInstance();
        RecordingGateway gateway = new RecordingGateway();
        String place = "place(Ljava/lang/String;I)Ljava/lang/String;";
        assertThat(calls.has(place)).isTrue();
        assertThat(calls.has("reserve(Ljava/lang/String;I)Ljava/lang/String;")).isFalse(); // it is private
        assertThat(calls.enter(gateway, place, () -> "done", new Object[] {"pen", 1}))
                .isEqualTo("done");
        assertThat(calls.enter(gateway, "note(C)V", () -> null, new Object[] {'x'}))
                .isNull();
        assertThat(gateway.entered()).containsExactly("Till.place", "note a letter");
    }
}
