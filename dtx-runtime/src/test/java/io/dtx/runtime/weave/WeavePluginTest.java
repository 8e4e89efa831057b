package io.dtx.runtime.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.build.EntryPoint;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.dynamic.scaffold.inline.MethodNameTransformer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Woven in the build, every kind of method enters its gateway, once. */
class WeavePluginTest {

    @TempDir
    static Path folder;

    private static Path woven;
    private static Map<String, byte[]> unwoven;

    @BeforeAll
    static void weave() throws IOException {
        woven = Files.createDirectory(folder.resolve("woven"));
        WovenProgram.compile(woven, "bytecode");
        unwoven = WovenProgram.classFiles(woven);
        WovenProgram.weave(woven, new Plugin.Engine.Default());
    }

    /** Runs the program under a loader. */
    static List<?> run(ClassLoader loader) throws Exception {
        Callable<?> exercise =
                (Callable<?>) loader.loadClass("shop.Exercise").getConstructor().newInstance();
        return (List<?>) exercise.call();
    }

    @Test
    void every_kind_of_method_enters_once_and_compensates() throws Exception {
        assertThat(run(WovenProgram.loader(woven)).stream().map(String::valueOf))
                .containsExactlyElementsOf(expected());
    }

    static List<String> expected() throws Exception {
        return Files.readAllLines(
                Path.of(WeavePluginTest.class.getResource("/woven/trace.txt").toURI()));
    }

    @Test
    void a_second_run_changes_nothing() throws IOException {
        Map<String, byte[]> before = WovenProgram.classFiles(woven);
        WovenProgram.weave(woven, new Plugin.Engine.Default());
        assertSame(before, WovenProgram.classFiles(woven));
    }

    @Test
    void the_same_classes_are_woven_into_the_same_bytes() throws IOException {
        Path again = copyOfUnwoven("again");
        WovenProgram.weave(again, new Plugin.Engine.Default());
        assertSame(WovenProgram.classFiles(woven), WovenProgram.classFiles(again));
    }

    @Test
    void an_engine_that_only_decorates_weaves_as_well() throws Exception {
        Path decorated = copyOfUnwoven("decorated");
        WovenProgram.weave(
                decorated,
                Plugin.Engine.Default.of(
                        EntryPoint.Default.DECORATE,
                        ClassFileVersion.ofThisVm(),
                        MethodNameTransformer.Suffixing.withRandomSuffix()));
        assertThat(run(WovenProgram.loader(decorated)).stream().map(String::valueOf))
                .containsExactlyElementsOf(expected());
    }

    private static Path copyOfUnwoven(String name) throws IOException {
        Path copy = Files.createDirectory(folder.resolve(name));
        for (Map.Entry<String, byte[]> each : unwoven.entrySet()) {
            Path file = copy.resolve(each.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, each.getValue());
        }
        return copy;
    }

    @Test
    void woven_classes_mention_no_library_and_the_others_are_untouched() throws IOException {
        Map<String, byte[]> classes = WovenProgram.classFiles(woven);
        int changed = 0;
        for (Map.Entry<String, byte[]> each : classes.entrySet()) {
            String constants = new String(each.getValue(), StandardCharsets.ISO_8859_1);
            assertThat(constants).doesNotContain("bytebuddy").doesNotContain("io/dtx/runtime/weave");
            if (!Arrays.equals(each.getValue(), unwoven.get(each.getKey()))) {
                assertThat(constants).contains("Lio/dtx/spi/Woven;");
                changed++;
            }
        }
        assertThat(changed).isEqualTo(16);
        System.out.println(changed + " of " + classes.size() + " classes woven");
    }

    @Test
    void a_call_that_does_nothing_outside_of_a_transaction_allocates_nothing() throws Exception {
        LongSupplier peeking = (LongSupplier) WovenProgram.loader(woven)
                .loadClass("shop.Peeking")
                .getConstructor()
                .newInstance();
        long bytes = peeking.getAsLong();
        System.out.println("10000 woven SUPPORTS calls outside of a transaction: " + bytes + " B");
        assertThat(bytes).isLessThan(10_000); // what the counter itself takes, not one object per call
    }

    @Test
    void an_override_bears_the_annotations_of_the_method_that_it_overrides() throws Exception {
        var put = WovenProgram.loader(woven)
                .loadClass("shop.Shapes$Words")
                .getDeclaredMethod("put", Comparable.class, long[][].class);
        assertThat(Stream.of(put.getAnnotations()).map(Object::toString))
                .anyMatch(text -> text.contains("Mark") && text.contains("put"))
                .anyMatch(text -> text.contains("SagaStep"));
        assertThat(put.getParameterAnnotations()[0]).hasSize(1);
        assertThat(put.isVarArgs()).isTrue();
        assertThat(put.getGenericReturnType()).isEqualTo(Comparable.class);
    }

    @Test
    void an_override_shows_the_types_that_the_class_gives_to_type_variables() throws Exception {
        Path source = Files.writeString(folder.resolve("Lists.java"), """
                import java.util.List;
                import java.util.Map;

                abstract class Base<A, B> {
                    @io.dtx.SagaStep(compensate = io.dtx.SagaStep.NONE)
                    public Map<A, B[]> put(List<? super A> first, B second, int third) {
                        return null;
                    }
                }

                abstract class Middle<C> extends Base<C, List<C>> {
                    @io.dtx.SagaStep(compensate = io.dtx.SagaStep.NONE)
                    public void take(List<String> plain, C bare) {}
                }

                class Words extends Middle<String> {}

                @SuppressWarnings("rawtypes")
                class Raw extends Middle {}
                """);
        Path output = Files.createDirectory(folder.resolve("Lists"));
        WovenProgram.compile(output, "bytecode", List.of(source));
        WovenProgram.weave(output, new Plugin.Engine.Default());
        ClassLoader loader = WovenProgram.loader(output);

        assertThat(signature(loader, "Words", "put"))
                .isEqualTo("java.util.Map<java.lang.String, java.util.List<java.lang.String>[]>"
                        + "[java.util.List<? super java.lang.String>, class java.lang.Object, int]");
        assertThat(signature(loader, "Words", "take"))
                .isEqualTo("void[java.util.List<java.lang.String>, class java.lang.Object]");
        assertThat(signature(loader, "Raw", "put"))
                .isEqualTo("java.util.Map[interface java.util.List, class java.lang.Object, int]");
    }

    private static String signature(ClassLoader loader, String type, String method) throws ClassNotFoundException {
        return Arrays.stream(loader.loadClass(type).getDeclaredMethods())
                .filter(each -> each.getName().equals(method))
                .map(each ->
                        each.getGenericReturnType().getTypeName() + Arrays.toString(each.getGenericParameterTypes()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void annotations_that_no_processor_sees_are_refused() throws IOException {
        refuse("Hidden", """
                class Hidden {
                    Object hidden = new Object() {
                        @io.dtx.DistributedTransaction
                        void place() {}
                    };
                }
                """, "DTX-1035 Hidden$1.place");
    }

    @Test
    void steps_that_would_be_plain_in_hidden_classes_are_refused() throws IOException {
        refuse("Local", """
                abstract class Local {
                    @io.dtx.SagaStep(compensate = io.dtx.SagaStep.NONE)
                    void write() {}

                    static Local make() {
                        return new Local() {};
                    }
                }
                """, "DTX-1035 Local$1 is an anonymous or local class and inherits Local.write");
        refuse("Level", """
                enum Level {
                    LOW {
                        @Override
                        void raise() {}
                    };

                    @io.dtx.SagaStep(compensate = io.dtx.SagaStep.NONE)
                    void raise() {}
                }
                """, "DTX-1035 Level$1 is a constant's body and overrides Level.raise");
    }

    @Test
    void a_call_past_the_guard_of_an_inherited_step_is_refused() throws IOException {
        refuse("Past", """
                class Past extends Steps {
                    Runnable past() {
                        return () -> super.write(1);
                    }
                }

                abstract class Steps {
                    @io.dtx.SagaStep(compensate = io.dtx.SagaStep.NONE)
                    public void write(int amount) {}
                }
                """, "DTX-1041 Past.lambda$past$0 calls super.write");
    }

    @Test
    void a_call_past_the_guard_of_a_step_that_the_class_overrides_is_refused() throws IOException {
        refuse("Audit", """
                class Audit extends Written {
                    @Override
                    @io.dtx.SagaStep(compensate = io.dtx.SagaStep.NONE)
                    public void write(int amount) {
                        Runnable before = () -> super.write(amount);
                        before.run();
                        super.write(amount + 1);
                    }

                    void audit() {
                        super.write(7);
                    }
                }

                class Written {
                    @io.dtx.SagaStep(compensate = io.dtx.SagaStep.NONE)
                    public void write(int amount) {}
                }
                """, "Audit.audit calls super.write");
    }

    @Test
    void a_call_past_the_guard_in_a_superclass_that_is_not_woven_is_refused() throws IOException {
        refuse("Between", """
                class Between extends Middle {}

                abstract class Middle extends Top {
                    void help() {
                        super.write(1);
                    }
                }

                abstract class Top {
                    @io.dtx.SagaStep(compensate = io.dtx.SagaStep.NONE)
                    public void write(int amount) {}
                }
                """, "Middle.help calls super.write");
    }

    @Test
    void a_call_past_the_guard_in_a_woven_superclass_that_does_not_have_it_is_refused() throws IOException {
        refuse("Stand", """
                @io.dtx.DistributedTransaction
                class Stand extends Kept {}

                class Kept extends Unkept {
                    @io.dtx.SagaStep(compensate = io.dtx.SagaStep.NONE)
                    public void other() {
                        super.handle(1);
                    }
                }

                class Unkept {
                    public void handle(int amount) {}
                }
                """, "Kept.other calls super.handle");
    }

    @Test
    void a_super_call_of_the_override_itself_or_of_a_plain_method_is_woven() throws IOException {
        Path source = Files.writeString(folder.resolve("Plain.java"), """
                class Plain extends Unmarked {
                    @Override
                    @io.dtx.SagaStep(compensate = io.dtx.SagaStep.NONE)
                    public void write(int amount) {
                        Runnable before = () -> super.write(amount);
                        before.run();
                        super.write(amount + 1);
                    }

                    void audit() {
                        super.write(7);
                        super.send(7);
                    }

                    @Override
                    @io.dtx.SagaStep(compensate = io.dtx.SagaStep.NONE)
                    public void send(int amount) {
                        super.send(amount);
                    }
                }

                class Unmarked implements Port {
                    public void write(int amount) {}
                }

                interface Port {
                    default void send(int amount) {}
                }
                """);
        Path output = Files.createDirectory(folder.resolve("Plain"));
        WovenProgram.compile(output, "bytecode", List.of(source));
        byte[] before = WovenProgram.classFiles(output).get("Plain.class");
        WovenProgram.weave(output, new Plugin.Engine.Default());
        assertThat(WovenProgram.classFiles(output).get("Plain.class")).isNotEqualTo(before);
    }

    private static void refuse(String name, String text, String message) throws IOException {
        Path source = Files.writeString(folder.resolve(name + ".java"), text);
        Path output = Files.createDirectory(folder.resolve(name));
        WovenProgram.compile(output, "bytecode", List.of(source), WovenProgram.withoutTrees());
        assertThatThrownBy(() -> WovenProgram.weave(output, new Plugin.Engine.Default()))
                .hasStackTraceContaining(message);
    }

    private static void assertSame(Map<String, byte[]> expected, Map<String, byte[]> actual) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, bytes) ->
                assertThat(Arrays.equals(actual.get(name), bytes)).as(name).isTrue());
    }
}
