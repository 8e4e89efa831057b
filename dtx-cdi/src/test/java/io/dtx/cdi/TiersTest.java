package io.dtx.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.processor.DtxProcessor;
import io.dtx.runtime.weave.WeavePlugin;
import io.dtx.spi.StepDescriptor;
import io.dtx.spi.StepGateway;
import io.dtx.spi.TransactionDescriptor;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.interceptor.InvocationContext;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever weaves a bean, and whatever else is there, a call enters the gateway once. */
class TiersTest {

    /** What enters on one call, in order; interceptors do not see the call of {@code Orders.own}. */
    private static final List<String> EVERY_CALL =
            List.of("Orders.apply", "Orders.own", "Stock.reserve", "Stock.count", "Journal.write");

    private static final List<String> CALLS_OF_OTHERS =
            List.of("Orders.apply", "Stock.reserve", "Stock.count", "Journal.write");

    @TempDir
    static Path folder;

    private static Path subclass;
    private static Path bytecode;
    private static Path woven;
    private static Path none;

    @BeforeAll
    static void compile() throws Exception {
        subclass = compiled("subclass");
        bytecode = compiled("bytecode");
        none = compiled("none");
        woven = compiled("bytecode");
        new Plugin.Engine.Default()
                .with(ClassFileLocator.ForClassLoader.of(TiersTest.class.getClassLoader()))
                .apply(woven.toFile(), woven.toFile(), new Plugin.Factory.Simple(new WeavePlugin()));
    }

    @BeforeEach
    void useMemory() {
        Settings.directory = null;
        CountingGateway.ENTERED.clear();
    }

    @Test
    void a_generated_subclass_enters_once_beside_interceptors() throws Exception {
        assertThat(entered(List.of("Orders_DtxBean", "Stock_DtxBean", "Journal_DtxBean"), subclass))
                .containsExactlyElementsOf(EVERY_CALL);
    }

    @Test
    void woven_bytecode_enters_once_beside_interceptors() throws Exception {
        assertThat(entered(List.of(), woven)).containsExactlyElementsOf(EVERY_CALL);
    }

    @Test
    void woven_bytecode_enters_once_beside_leftover_subclasses() throws Exception {
        assertThat(entered(List.of("Orders_DtxBean", "Stock_DtxBean", "Journal_DtxBean"), woven, subclass))
                .containsExactlyElementsOf(EVERY_CALL);
    }

    @Test
    void interceptors_enter_once_where_nothing_else_does() throws Exception {
        assertThat(entered(List.of(), none)).containsExactlyElementsOf(CALLS_OF_OTHERS);
    }

    @Test
    void interceptors_enter_once_beside_leftover_subclasses() throws Exception {
        assertThat(entered(List.of("Orders_DtxBean", "Stock_DtxBean", "Journal_DtxBean"), none, subclass))
                .containsExactlyElementsOf(CALLS_OF_OTHERS);
    }

    @Test
    void a_generated_subclass_enters_once_beside_leftover_calls() throws Exception {
        List<String> generated = List.of("Orders_DtxBean", "Stock_DtxBean", "Journal_DtxBean");
        assertThat(entered(generated, subclass, none)).containsExactlyElementsOf(EVERY_CALL);
        CountingGateway.ENTERED.clear();
        assertThat(entered(generated, subclass, bytecode)).containsExactlyElementsOf(EVERY_CALL);
    }

    @Test
    void what_was_compiled_for_weaving_and_is_not_woven_is_refused() {
        assertThatThrownBy(() -> entered(List.of(), bytecode))
                .hasMessageContaining("DTX-1030 shop.Orders was compiled with -Adtx.weave=bytecode and is not woven")
                .hasMessageContaining("DTX-1030 shop.Journal");
    }

    @Test
    void what_was_compiled_for_interceptors_is_refused_where_there_are_none() {
        assertThatThrownBy(() -> run(new Weld(), List.of(), none))
                .hasMessageContaining("DTX-6008 shop.Orders was compiled with -Adtx.weave=none")
                .hasMessageContaining(StepInterceptor.class.getName());
    }

    @Test
    void woven_classes_are_free_after_a_start_that_failed_and_say_so() throws Exception {
        try (URLClassLoader loader = loader(woven)) {
            Settings.directory = Path.of("/dev/null/no-directory");
            assertThatThrownBy(() -> run(new Weld(), List.of(), loader)).isInstanceOf(RuntimeException.class);
            UnaryOperator<?> orders = (UnaryOperator<?>)
                    loader.loadClass("shop.Orders").getConstructor().newInstance();
            assertThatThrownBy(() -> call(orders))
                    .hasMessageStartingWith("DTX-1031 shop.Orders")
                    .hasMessageContaining("its start has failed (DTX-6003)");
            Settings.directory = null;
            assertThat(run(new Weld(), List.of(), loader)).containsExactlyElementsOf(EVERY_CALL);
        }
    }

    @Test
    void arguments_that_change_after_they_were_recorded_fail_the_call() throws Exception {
        try (URLClassLoader loader = loader(none)) {
            Class<?> stock = loader.loadClass("shop.Stock");
            Object target = stock.getConstructor().newInstance();
            InterceptedCall call = new InterceptedCall(target, stock.getMethod("reserve", String.class), "a");
            assertThat(Intercepted.proceed(call, new PassingGateway())).isEqualTo("a");
            InterceptedCall changed = new InterceptedCall(target, call.getMethod(), "a");
            changed.next = "b";
            assertThatThrownBy(() -> Intercepted.proceed(changed, new PassingGateway()))
                    .hasMessageContainingAll("DTX-6010", "shop.Stock.reserve");
        }
    }

    @Test
    void a_step_whose_arguments_an_inner_interceptor_changes_is_not_called() throws Exception {
        try (URLClassLoader loader = loader(none)) {
            Weld weld = intercepting().addBeanClass(loader.loadClass("shop.StepChanger"));
            assertThatThrownBy(() -> answer(weld, List.of(), loader))
                    .hasStackTraceContaining("DTX-6010")
                    .hasStackTraceContaining("shop.Stock.reserve");
            assertThat(loader.loadClass("shop.Stock").getField("reserved").getInt(null))
                    .isZero();
        }
    }

    @Test
    void a_call_that_an_outer_interceptor_makes_again_is_entered_again() throws Exception {
        try (URLClassLoader loader = loader(none)) {
            Object journal = loader.loadClass("shop.Journal").getConstructor().newInstance();
            Method write = loader.loadClass("shop.Base").getMethod("write", Object.class);
            InterceptedCall call = new InterceptedCall(journal, write, "a");
            PassingGateway gateway = new PassingGateway();

            Intercepted.proceed(call, gateway);
            Intercepted.proceed(call, gateway);

            assertThat(gateway.entered).isEqualTo(2);
        }
    }

    @Test
    void arguments_that_nobody_recorded_may_change() throws Exception {
        try (URLClassLoader loader = loader(none)) {
            Weld weld = intercepting().addBeanClass(loader.loadClass("shop.TransactionChanger"));
            assertThat(answer(weld, List.of(), loader)).isEqualTo("bb1b");
            Object journal = loader.loadClass("shop.Journal").getConstructor().newInstance();
            Method write = loader.loadClass("shop.Base").getMethod("write", Object.class);
            InterceptedCall changed = new InterceptedCall(journal, write, "a");
            changed.next = "b";
            assertThat(Intercepted.proceed(changed, new PassingGateway())).isEqualTo("b");
        }
    }

    @Test
    void a_subclass_of_the_containers_changes_nothing_about_what_is_recorded() throws Exception {
        Path source = Files.writeString(folder.resolve("Proxy.java"), """
                public class Proxy extends shop.Stock {
                    @Override
                    public void giveBack(java.util.Optional<String> taken) {}

                    private void release() {}
                }
                """);
        Path output = compiled(List.of(source), "-proc:none", "-cp", none + File.pathSeparator + classPath());
        try (URLClassLoader loader = loader(none, output)) {
            Object proxy = loader.loadClass("Proxy").getConstructor().newInstance();
            Class<?> stock = loader.loadClass("shop.Stock");
            InterceptedCall taken = new InterceptedCall(proxy, stock.getMethod("take", String.class), "a");
            taken.next = "b";
            assertThat(Intercepted.proceed(taken, new PassingGateway())).isEqualTo("b");
            InterceptedCall reserved = new InterceptedCall(proxy, stock.getMethod("reserve", String.class), "a");
            reserved.next = "b";
            assertThatThrownBy(() -> Intercepted.proceed(reserved, new PassingGateway()))
                    .hasMessageContainingAll("DTX-6010", "shop.Stock.reserve");
        }
    }

    @Test
    void an_annotated_method_that_generated_calls_do_not_know_is_refused() throws Exception {
        try (URLClassLoader loader = loader(none)) {
            Object target = loader.loadClass("shop.Stock").getConstructor().newInstance();
            Method unknown = loader.loadClass("shop.Orders").getDeclaredMethod("own", String.class);
            assertThatThrownBy(
                            () -> Intercepted.proceed(new InterceptedCall(target, unknown, "a"), new PassingGateway()))
                    .hasMessageContainingAll("DTX-6009", "Orders.own", "Stock_DtxCalls");
        }
    }

    private static List<String> entered(List<String> generated, Path... classes) throws Exception {
        return run(intercepting(), generated, classes);
    }

    private static Weld intercepting() {
        return new Weld()
                .addBeanClasses(TransactionInterceptor.class, StepInterceptor.class, ArgumentsInterceptor.class);
    }

    private static List<String> run(Weld weld, List<String> generated, Path... classes) throws Exception {
        try (URLClassLoader loader = loader(classes)) {
            return run(weld, generated, loader);
        }
    }

    private static URLClassLoader loader(Path... classes) throws IOException {
        URL[] urls = new URL[classes.length];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = classes[i].toUri().toURL();
        }
        return new URLClassLoader(urls, TiersTest.class.getClassLoader());
    }

    private static List<String> run(Weld weld, List<String> generated, URLClassLoader loader) throws Exception {
        assertThat(answer(weld, generated, loader)).isEqualTo("aa1a");
        return List.copyOf(CountingGateway.ENTERED);
    }

    private static Object answer(Weld weld, List<String> generated, URLClassLoader loader) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            Thread.currentThread().setContextClassLoader(loader);
            for (String name : Stream.concat(Stream.of("Orders", "Stock", "Journal"), generated.stream())
                    .toList()) {
                weld.addBeanClass(loader.loadClass("shop." + name));
            }
            weld.containerId(UUID.randomUUID().toString())
                    .disableDiscovery()
                    .property(Weld.SHUTDOWN_HOOK_SYSTEM_PROPERTY, false)
                    .addExtension(new DtxExtension())
                    .addBeanClasses(DtxLifecycle.class, DtxProducers.class, EntityManagerProducer.class)
                    .addBeanClasses(Settings.class, CountingGateway.class);
            try (WeldContainer container = weld.initialize()) {
                Object orders =
                        container.select(loader.loadClass("shop.Orders")).get();
                return call((UnaryOperator<?>) orders);
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @SuppressWarnings("unchecked") // of strings
    private static Object call(UnaryOperator<?> orders) {
        return ((UnaryOperator<Object>) orders).apply("a");
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    private static Path compiled(String weave) throws Exception {
        Path sources = Path.of(TiersTest.class.getResource("/tiers").toURI());
        return compiled(javaFiles(sources), "-Adtx.weave=" + weave);
    }

    private static Path compiled(List<Path> sources, String... more) throws IOException {
        Path output = Files.createTempDirectory(folder, "classes");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    new ArrayList<>(List.of("--release", "17", "-nowarn", "-parameters", "-d", output.toString()));
            options.addAll(List.of(more));
            JavaCompiler.CompilationTask task =
                    compiler.getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources));
            task.setProcessors(List.of(new DtxProcessor()));
            assertThat(task.call()).as(said.toString()).isTrue();
        }
        return output;
    }

    private static List<Path> javaFiles(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(each -> each.toString().endsWith(".java")).toList();
        }
    }

    /** A call with one argument, which changes on the way. */
    private static final class InterceptedCall implements InvocationContext {
        private final Map<String, Object> data = new HashMap<>();
        private final Object target;
        private final Method method;
        private Object[] arguments;
        private String next;

        InterceptedCall(Object target, Method method, String argument) {
            this.target = target;
            this.method = method;
            this.arguments = new Object[] {argument};
            this.next = argument;
        }

        @Override
        public Object getTarget() {
            return target;
        }

        @Override
        public Object getTimer() {
            return null;
        }

        @Override
        public Method getMethod() {
            return method;
        }

        @Override
        public Constructor<?> getConstructor() {
            return null;
        }

        @Override
        public Object[] getParameters() {
            return arguments;
        }

        @Override
        public void setParameters(Object[] changed) {
            arguments = changed;
        }

        @Override
        public Map<String, Object> getContextData() {
            return data;
        }

        @Override
        public Object proceed() throws Exception {
            arguments[0] = next;
            return method.invoke(target, arguments);
        }
    }

    /** Lets everything go on. */
    private static final class PassingGateway implements StepGateway {
        private int entered;

        @Override
        public <T, E extends Throwable> T transaction(TransactionDescriptor transaction, Body<T> body) throws E {
            return run(body);
        }

        @Override
        public <T, E extends Throwable> T step(StepDescriptor<T> step, ArgumentRecorder arguments, Body<T> body)
                throws E {
            return run(body);
        }

        private <T> T run(Body<T> body) {
            entered++;
            try {
                return body.run();
            } catch (RuntimeException e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Notes what enters, and passes it on. */
    @Alternative
    @Priority(1)
    @ApplicationScoped
    static class CountingGateway implements StepGateway {
        static final List<String> ENTERED = new ArrayList<>();

        private StepGateway next;

        @Inject
        void after(DtxLifecycle lifecycle) {
            next = new LazyGateway(lifecycle::started, lifecycle::ambientTransaction);
        }

        @Override
        public <T, E extends Throwable> T transaction(TransactionDescriptor transaction, Body<T> body) throws E {
            ENTERED.add(transaction.name());
            return next.<T, E>transaction(transaction, body);
        }

        @Override
        public <T, E extends Throwable> T step(StepDescriptor<T> step, ArgumentRecorder arguments, Body<T> body)
                throws E {
            ENTERED.add(step.name());
            return next.<T, E>step(step, arguments, body);
        }
    }
}
