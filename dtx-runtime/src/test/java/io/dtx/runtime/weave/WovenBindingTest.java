package io.dtx.runtime.weave;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.runtime.Dtx;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import net.bytebuddy.build.Plugin;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A woven class belongs to one running dtx; whoever weaves too little, too late or not at all is told what to do. */
class WovenBindingTest {

    private static final String SOURCE = """
            package app;

            import io.dtx.*;
            import java.util.concurrent.Callable;

            public final class Orders implements Callable<String> {
                @Override
                @DistributedTransaction
                public String call() {
                    return step();
                }

                @SagaStep(compensate = %s)
                String step() {
                    return StepContext.current().stepName();
                }

                void undo() {}
            }
            """;

    @TempDir
    static Path folder;

    private static Class<?> orders;
    private static Class<?> compensable;
    private static Class<?> unwoven;
    private static Class<?> subclassed;
    private static Class<?> intercepted;

    @BeforeAll
    static void compile() throws Exception {
        orders = compile("orders", "bytecode", "SagaStep.NONE", true);
        compensable = compile("compensable", "bytecode", "\"undo\"", true);
        unwoven = compile("unwoven", "bytecode", "SagaStep.NONE", false);
        subclassed = compile("subclassed", "subclass", "SagaStep.NONE", false);
        intercepted = compile("intercepted", "none", "SagaStep.NONE", false);
    }

    private static Class<?> compile(String name, String weave, String compensation, boolean weaves)
            throws IOException, ReflectiveOperationException {
        Path output = Files.createDirectory(folder.resolve(name));
        Path source = Files.createDirectory(folder.resolve(name + "-src")).resolve("Orders.java");
        String text = SOURCE.formatted(compensation);
        Files.writeString(source, weave.equals("bytecode") ? text : text.replace("public final", "public"));
        WovenProgram.compile(output, weave, List.of(source));
        if (weaves) {
            WovenProgram.weave(output, new Plugin.Engine.Default());
        }
        return WovenProgram.loader(output).loadClass("app.Orders");
    }

    @Test
    void a_call_is_refused_before_the_start_and_after_the_end() throws Exception {
        Callable<?> made = make(orders);
        assertThatThrownBy(made::call).hasMessageStartingWith("DTX-1031 app.Orders");
        Dtx dtx = builder().woven(orders).build();
        assertThatThrownBy(made::call).hasMessageStartingWith("DTX-1031 app.Orders");
        dtx.start();
        assertThatCode(made::call).doesNotThrowAnyException();
        dtx.close();
        assertThatThrownBy(made::call).hasMessageStartingWith("DTX-1031 app.Orders");
    }

    @Test
    void a_second_running_dtx_is_refused_and_a_later_one_is_not() throws Exception {
        Callable<?> made = make(orders);
        try (Dtx first = builder().woven(orders).build()) {
            first.start();
            try (Dtx second = builder().woven(orders).build()) {
                assertThatThrownBy(second::start).hasMessageStartingWith("DTX-1032 app.Orders");
            }
            assertThatCode(made::call).doesNotThrowAnyException();
        }
        try (Dtx third = builder().woven(orders).build()) {
            third.start();
            assertThatCode(made::call).doesNotThrowAnyException();
        }
    }

    @Test
    void a_start_that_fails_leaves_the_class_free() {
        try (Dtx failing = builder()
                .config("dtx.log", "file")
                .config("dtx.log.dir", "/dev/null/x")
                .woven(orders)
                .build()) {
            assertThatThrownBy(failing::start).isInstanceOf(RuntimeException.class);
            try (Dtx other = builder().woven(orders).build()) {
                assertThatCode(other::start).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void what_is_not_woven_is_refused_with_the_remedy() throws Exception {
        try (Dtx dtx = builder().build()) {
            assertThatThrownBy(() -> dtx.create(unwoven)).hasMessageStartingWith("DTX-1030 app.Orders");
            assertThatThrownBy(() -> dtx.register(make(unwoven))).hasMessageStartingWith("DTX-1030 app.Orders");
            assertThatThrownBy(() -> builder().woven(unwoven)).hasMessageStartingWith("DTX-1030 app.Orders");
            assertThatThrownBy(() -> dtx.register(make(subclassed))).hasMessageStartingWith("DTX-1007 app.Orders");
            assertThatThrownBy(() -> builder().woven(subclassed)).hasMessageStartingWith("DTX-1029 app.Orders");
            assertThatThrownBy(() -> dtx.create(intercepted)).hasMessageStartingWith("DTX-1039 app.Orders");
            assertThatThrownBy(() -> dtx.register(make(intercepted))).hasMessageStartingWith("DTX-1039 app.Orders");
            assertThatThrownBy(() -> builder().woven(String.class)).hasMessageStartingWith("DTX-1003");
            assertThatThrownBy(() -> builder().woven(compensable)).hasMessageStartingWith("DTX-1027 app.Orders");
        }
    }

    @Test
    void a_step_that_a_superclass_got_after_its_heir_was_compiled_is_refused() throws Exception {
        for (String weave : List.of("subclass", "none")) {
            Path output = Files.createDirectory(folder.resolve("later-" + weave));
            Path heir = write(output, "Heir", "public class Heir extends Base {}");
            String step = "@io.dtx.SagaStep(compensate = io.dtx.SagaStep.NONE) public void %s() {}";
            Path base = write(output, "Base", "public abstract class Base {" + step.formatted("first") + "}");
            WovenProgram.compile(output, weave, List.of(base, heir));
            write(output, "Base", "public abstract class Base {" + (step + step).formatted("first", "second") + "}");
            WovenProgram.compile(output, weave, List.of(base));
            Class<?> type = WovenProgram.loader(output).loadClass("Heir");
            try (Dtx dtx = builder().build()) {
                assertThatThrownBy(() -> {
                            if (weave.equals("none")) {
                                dtx.register(type, call -> {});
                            } else {
                                dtx.create(type);
                            }
                        })
                        .as(weave)
                        .hasMessageStartingWith("DTX-1042 Base.second");
            }
        }
    }

    @Test
    void a_superclass_that_was_annotated_as_a_whole_after_its_heir_was_compiled_is_refused() throws Exception {
        String text = """
                @io.dtx.DistributedTransaction
                public abstract class Base {
                    @io.dtx.SagaStep(compensate = "undo")
                    public void first() {}

                    public void undo() {}

                    public void place() {}

                    @Override
                    public String toString() {
                        return "base";
                    }
                }
                """;
        Path output = Files.createDirectory(folder.resolve("covered"));
        Path heir = write(output, "Heir", "public class Heir extends Base {}");
        Path base = write(output, "Base", text);
        WovenProgram.compile(output, "subclass", List.of(base, heir));
        try (Dtx dtx = builder().build()) {
            dtx.create(WovenProgram.loader(output).loadClass("Heir"));
        }
        write(output, "Base", text.replace("@io.dtx.DistributedTransaction", ""));
        WovenProgram.compile(output, "subclass", List.of(base, heir));
        write(output, "Base", text);
        WovenProgram.compile(output, "subclass", List.of(base));
        Class<?> type = WovenProgram.loader(output).loadClass("Heir");
        try (Dtx dtx = builder().build()) {
            assertThatThrownBy(() -> dtx.create(type)).hasMessageStartingWith("DTX-1042 Base.place");
        }
    }

    @Test
    void a_class_of_whose_methods_a_type_is_missing_hides_no_later_step_of_its_superclass() throws Exception {
        Path output = Files.createDirectory(folder.resolve("missing"));
        Path gone = write(output, "Gone", "class Gone {}");
        Path heir = write(output, "Heir", "public class Heir extends Base { private void with(Gone library) {} }");
        String step = "@io.dtx.SagaStep(compensate = io.dtx.SagaStep.NONE) public void %s() {}";
        Path base = write(output, "Base", "public abstract class Base {" + step.formatted("first") + "}");
        WovenProgram.compile(output, "subclass", List.of(gone, base, heir));
        write(output, "Base", "public abstract class Base {" + (step + step).formatted("first", "second") + "}");
        WovenProgram.compile(output, "subclass", List.of(base));
        Files.delete(output.resolve("Gone.class"));
        Class<?> type = WovenProgram.loader(output).loadClass("Heir");
        try (Dtx dtx = builder().build()) {
            assertThatThrownBy(() -> dtx.create(type)).hasMessageStartingWith("DTX-1042 Base.second");
        }
    }

    private static Path write(Path folder, String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name + ".java"), text);
    }

    @Test
    void objects_with_compensations_are_registered_or_have_a_source() throws Exception {
        Object object = make(compensable);
        assertThatCode(() -> builder()
                        .woven(compensable, call -> call.on(object))
                        .build()
                        .close())
                .doesNotThrowAnyException();
        try (Dtx dtx = builder().build()) {
            dtx.register(object);
            dtx.start();
            assertThatCode(make(compensable)::call).doesNotThrowAnyException();
        }
    }

    private static Dtx.Builder builder() {
        return Dtx.builder().config("dtx.log", "memory");
    }

    private static Callable<?> make(Class<?> type) throws ReflectiveOperationException {
        try {
            return (Callable<?>) type.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
