package io.dtx.runtime.weave;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.processor.DtxProcessor;
import io.dtx.runtime.Dtx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.processing.Processor;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A class whose code would run a step past its guard, by {@code super.step()}, does not start with a generated subclass, where no
 * processor could see it.
 */
class CallsPastGuardsTest {

    private static final String BASE = """
            package app;
            import io.dtx.*;
            public abstract class Base<T> {
                @SagaStep(compensate = "undo") public void step() {}
                @SagaStep(compensate = SagaStep.NONE) public void take(T what) {}
                public void step(int times) {}
                public void undo() {}
                public void plain() {}
            }
            """;

    private static final String RIGHT = """
            package app;
            import io.dtx.*;
            public class Right extends Base<String> {
                @Override @SagaStep(compensate = "undo") public void step() {
                    super.step();
                    Runnable lambda = () -> super.step();
                    Runnable reference = super::step;
                    new Object() { void inner() { Right.super.step(); } }.inner();
                }
                @Override @SagaStep(compensate = SagaStep.NONE) public void take(String what) {
                    super.take(what);
                    switch (what) { case "a": super.take("b"); break; case "q": super.plain(); break; default: super.plain(); }
                }
                @Override public void undo() { super.undo(); }
                @Override public void step(int times) { super.step(times); step(); Runnable lambda = () -> super.plain(); }
            }
            """;

    private static final List<String> PAST = List.of(
            "class %s extends Base<String> { void other() { super.step(); } }",
            "class %s extends Base<String> { void other(int n) { super.take(\"\"); } }",
            "class %s extends Base<String> { %1$s() { super.step(); } }",
            "class %s extends Base<String> { Runnable other() { return () -> super.step(); } }",
            "class %s extends Base<String> { Runnable other = () -> super.step(); }",
            "class %s extends Base<String> { Runnable other() { return super::step; } }",
            "class %s extends Base<String> { class Inner { void other() { %1$s.super.step(); } } }",
            "class %s extends Between {} abstract class Between extends Base<String> { void other() { super.step(); } }",
            """
            class %s extends Base<String> {
                @Override public void step() { super.step(); }
                @Override public void step(int times) { super.step(); }
            }
            """);

    @TempDir
    Path folder;

    @Test
    void whatever_has_compiled_it() throws Exception {
        for (JavaCompiler compiler : List.of(ToolProvider.getSystemJavaCompiler(), new EclipseCompiler())) {
            List<String> sources = new ArrayList<>(List.of(BASE, RIGHT));
            for (int i = 0; i < PAST.size(); i++) {
                sources.add("package app; public " + PAST.get(i).formatted("Past" + i));
            }
            ClassLoader loader = compiled(compiler, sources, WovenProgram.withoutTrees());
            try (Dtx dtx = Dtx.builder().config("dtx.log", "memory").build()) {
                dtx.create(loader.loadClass("app.Right"));
                for (int i = 0; i < PAST.size(); i++) {
                    Class<?> past = loader.loadClass("app.Past" + i);
                    assertThatThrownBy(() -> dtx.create(past))
                            .as(compiler + ": " + PAST.get(i))
                            .hasMessageStartingWith("DTX-1041 app.")
                            .hasMessageContaining("calls super.");
                }
            }
        }
    }

    @Test
    void javac_lets_the_processor_see_the_same() throws Exception {
        compiled(ToolProvider.getSystemJavaCompiler(), List.of(BASE, RIGHT), new DtxProcessor());
    }

    private ClassLoader compiled(JavaCompiler compiler, List<String> sources, Processor processor) throws Exception {
        Path output = Files.createTempDirectory(folder, "classes");
        List<Path> files = new ArrayList<>();
        for (String source : sources) {
            String name = source.replaceFirst("(?s).*?public (?:abstract )?class (\\w+).*", "$1");
            files.add(Files.writeString(output.resolve(name + ".java"), source));
        }
        WovenProgram.compile(compiler, output, "subclass", files, processor);
        return WovenProgram.loader(output);
    }
}
