package io.dtx.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.processor.DtxProcessor;
import io.dtx.runtime.weave.WeavePlugin;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.sql.DataSource;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.ModifierAdjustment;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A class whose bytecode is woven has one gateway for all of its objects: the kit's, from life to life and from test to test. */
class WovenBytecodeTest {

    private static final String SOURCE = """
            package app;

            import io.dtx.*;
            import java.sql.*;
            import java.util.concurrent.Callable;
            import javax.sql.DataSource;

            public final class Sales implements Callable<String> {
                private final DataSource stock;

                public Sales(DataSource stock) {
                    this.stock = stock;
                }

                @Override
                @DistributedTransaction
                public String call() throws SQLException {
                    reserve(2);
                    return note();
                }

                @SagaStep(compensate = "release", resource = "stock")
                private void reserve(int quantity) throws SQLException {
                    add(-quantity);
                }

                void release(int quantity) throws SQLException {
                    add(quantity);
                }

                @SagaStep(compensate = SagaStep.NONE)
                private String note() {
                    return StepContext.current().stepName();
                }

                private void add(int quantity) throws SQLException {
                    try (Connection connection = stock.getConnection();
                            Statement statement = connection.createStatement()) {
                        statement.executeUpdate("update item set available = available + " + quantity);
                    }
                }
            }
            """;

    @TempDir
    static Path directory;

    private static URLClassLoader woven;
    private static URLClassLoader unwoven;
    private static URLClassLoader closed;

    @RegisterExtension
    final DtxExtension dtx = DtxExtension.inMemory("stock", "payments");

    @BeforeAll
    static void compile() throws Exception {
        Path compiled = Files.createDirectory(directory.resolve("compiled"));
        Path source = Files.writeString(directory.resolve("Sales.java"), SOURCE);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("--release", "17", "-Adtx.weave=bytecode", "-d", compiled.toString());
            JavaCompiler.CompilationTask task =
                    compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(source));
            task.setProcessors(List.of(new DtxProcessor()));
            assertThat(task.call()).isTrue();
        }
        unwoven = loader(compiled);
        Path transformed = Files.createDirectory(directory.resolve("woven"));
        new Plugin.Engine.Default()
                .with(ClassFileLocator.ForClassLoader.of(WovenBytecodeTest.class.getClassLoader()))
                .apply(compiled.toFile(), transformed.toFile(), new Plugin.Factory.Simple(new WeavePlugin()));
        woven = loader(transformed);
        Path ours = Files.createDirectory(directory.resolve("closed"));
        new ByteBuddy()
                .redefine(woven.loadClass("app.Sales_DtxParticipant"), ClassFileLocator.ForClassLoader.of(woven))
                .visit(new ModifierAdjustment().withTypeModifiers(Visibility.PACKAGE_PRIVATE))
                .make()
                .saveIn(ours.toFile());
        closed = loader(ours, transformed);
    }

    private static URLClassLoader loader(Path... classes) throws Exception {
        URL[] urls = new URL[classes.length];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = classes[i].toUri().toURL();
        }
        return new URLClassLoader(urls, WovenBytecodeTest.class.getClassLoader());
    }

    @AfterAll
    static void close() throws Exception {
        woven.close();
        unwoven.close();
        closed.close();
    }

    @Test
    void its_calls_enter_the_life_that_follows_a_crash() throws Exception {
        Callable<?> sales = open(dtx);
        dtx.crashAfter("reserve");

        assertThatThrownBy(sales::call).isInstanceOf(SimulatedCrash.class);

        dtx.lastTransaction().assertCompensated("release");
        assertThat(sales.call()).isEqualTo("Sales.note");
        dtx.lastTransaction().assertCommitted();
        assertThat(dtx.value("stock", "select available from item")).isEqualTo(8);
    }

    @Test
    void it_is_free_again_after_a_test() throws Exception {
        Callable<?> sales = open(dtx);
        TestDtx second = dtx.another();
        assertThatThrownBy(() -> open(second)).hasMessageStartingWith("DTX-1032 app.Sales");
        second.close();
        assertThat(sales.call()).isEqualTo("Sales.note");
        dtx.close();
        assertThatThrownBy(sales::call).hasMessageStartingWith("DTX-1031 app.Sales");

        assertThat(open(dtx).call()).isEqualTo("Sales.note");
    }

    @Test
    void one_that_nobody_has_woven_is_refused_with_the_remedy() {
        assertThatThrownBy(() -> open(dtx, unwoven)).hasMessageStartingWith("DTX-1030 app.Sales");
    }

    /** As in a named module that keeps the package to itself: the runtime takes what the module provides. */
    @Test
    void one_whose_generated_calls_cannot_be_reached_is_refused_with_the_remedy() {
        assertThatThrownBy(() -> open(dtx, closed))
                .hasMessageStartingWith("DTX-8513 the test kit cannot enter the calls of app.Sales")
                .hasMessageContaining("export its package")
                .hasRootCauseInstanceOf(IllegalAccessException.class);
    }

    /** Two lives at once, of which the earlier one wakes up; that a life follows another is the test above. */
    @TestFactory
    Stream<DynamicTest> a_process_that_wakes_up_late_is_told_apart_from_the_one_that_took_over() throws Exception {
        return dtx.everyCrash(WovenBytecodeTest::open, Callable::call)
                .filter(each -> each.getDisplayName().startsWith("others take over"));
    }

    private static Callable<?> open(TestDtx dtx) throws Exception {
        return open(dtx, woven);
    }

    private static Callable<?> open(TestDtx dtx, ClassLoader loader) throws Exception {
        Shop.fill(dtx);
        DataSource stock = dtx.resource("stock");
        return (Callable<?>) dtx.create(loader.loadClass("app.Sales"), stock);
    }
}
