package io.dtx.spring;

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
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** A bean with woven bytecode is registered and bound from the context's start to its end, whoever has made it. */
class WovenBytecodeTest {

    private static final String SOURCE = """
            package app;

            import io.dtx.*;
            import java.util.concurrent.Callable;

            public final class Orders implements Callable<String> {
                @Override
                @DistributedTransaction
                public String call() {
                    return reserve();
                }

                @SagaStep(compensate = "release")
                private String reserve() {
                    return StepContext.current().stepName();
                }

                void release() {}
            }
            """;

    @TempDir
    Path directory;

    @Test
    void its_private_steps_run_until_the_context_ends() throws Exception {
        try (URLClassLoader loader = compiled(true)) {
            Class<?> orders = loader.loadClass("app.Orders");
            assertThatThrownBy(() -> new AnnotationConfigApplicationContext(Settings.class, orders, Fails.class))
                    .hasStackTraceContaining("it fails"); // and leaves the class free
            AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
            context.setClassLoader(loader);
            context.register(Settings.class, orders);
            context.refresh();
            Callable<?> bean = (Callable<?>) context.getBean(orders);
            assertThat(bean.call()).isEqualTo("Orders.reserve");
            context.close();
            assertThatThrownBy(bean::call).hasMessageStartingWith("DTX-1031 app.Orders");
        }
    }

    @Test
    void one_that_nobody_has_woven_is_refused_with_the_remedy() throws Exception {
        try (URLClassLoader loader = compiled(false);
                AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.setClassLoader(loader);
            context.register(Settings.class, loader.loadClass("app.Orders"));
            assertThatThrownBy(context::refresh)
                    .hasStackTraceContaining("DTX-6101 bean")
                    .hasStackTraceContaining("run the build's weaving");
        }
    }

    private URLClassLoader compiled(boolean weaves) throws Exception {
        Path classes = Files.createDirectory(directory.resolve("classes"));
        Path source = Files.writeString(directory.resolve("Orders.java"), SOURCE);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("--release", "17", "-Adtx.weave=bytecode", "-d", classes.toString());
            JavaCompiler.CompilationTask task =
                    compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(source));
            task.setProcessors(List.of(new DtxProcessor()));
            assertThat(task.call()).isTrue();
        }
        if (weaves) {
            weave(classes);
        }
        return new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
    }

    private void weave(Path classes) throws Exception {
        new Plugin.Engine.Default()
                .with(ClassFileLocator.ForClassLoader.of(getClass().getClassLoader()))
                .apply(classes.toFile(), classes.toFile(), new Plugin.Factory.Simple(new WeavePlugin()));
    }

    static class Fails implements SmartLifecycle {
        @Override
        public void start() {
            throw new IllegalStateException("it fails");
        }

        @Override
        public void stop() {}

        @Override
        public boolean isRunning() {
            return false;
        }
    }
}
