package io.dtx.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import io.dtx.cdi.Containers.Extensions;
import io.dtx.runtime.Dtx;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import javax.tools.ToolProvider;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What would run wrongly and silently does not run, and the message says how to mend it. */
class RefusalTest {

    @TempDir
    Path directory;

    @BeforeEach
    void useMemory() {
        Settings.directory = null;
    }

    @Test
    void a_container_that_loads_no_extension_is_refused() {
        assertThatThrownBy(() -> Containers.start(Extensions.NONE, Settings.class, Work.class))
                .hasMessageContaining("DTX-6006 " + Work.class.getName() + " is a bean without transactions, beside "
                        + RefusalTest_Work_DtxBean.class.getName())
                .hasMessageContaining("addExtensions");
    }

    @ParameterizedTest
    @EnumSource
    void a_class_compiled_without_the_processor_is_refused(Extensions extensions) throws Exception {
        try (URLClassLoader loader = compiledWithoutProcessor()) {
            Class<?> unprocessed = loader.loadClass("unprocessed.Orders");
            ClassLoader before = Thread.currentThread().getContextClassLoader();
            Thread.currentThread().setContextClassLoader(loader);
            try {
                assertThatThrownBy(() -> Containers.start(extensions, Settings.class, unprocessed))
                        .hasMessageContaining("DTX-1003 unprocessed.Orders has no generated unprocessed.Orders_DtxBean:"
                                + " dtx-processor did not run. Add it to annotationProcessorPaths");
            } finally {
                Thread.currentThread().setContextClassLoader(before);
            }
        }
    }

    @Test
    void a_resource_that_nobody_registered_is_named_with_the_place_that_wants_it() {
        assertThatThrownBy(() -> Containers.start(Extensions.PORTABLE, Settings.class, Clerk.class))
                .hasMessageContaining("DTX-1017 there is no resource \"stok\"")
                .hasMessageContaining("Clerk.desk");
    }

    @Test
    void a_compensation_in_a_session_scoped_bean_is_refused() {
        assertThatThrownBy(() -> Containers.start(Extensions.PORTABLE, Settings.class, Cart.class))
                .hasMessageContaining("DTX-6005 " + Cart.class.getName() + " has compensations and is @SessionScoped");
    }

    @Test
    void a_configuration_that_needs_dtx_itself_is_refused() {
        assertThatThrownBy(() -> Containers.start(Extensions.PORTABLE, Circular.class))
                .hasMessageContaining("DTX-6001");
    }

    @Test
    void a_producer_that_makes_an_annotated_object_by_hand_is_refused() {
        try (WeldContainer container = Containers.start(Extensions.PORTABLE, Settings.class, Maker.class)) {
            assertThat(container
                            .select(String.class, NamedLiteral.of("innocent"))
                            .get())
                    .isEqualTo("innocent");
            assertThatThrownBy(() -> container.select(Runnable.class).get())
                    .hasMessageContaining("DTX-6007")
                    .hasMessageContaining("Maker.task() makes a " + Task.class.getName());
        }
    }

    @Test
    void a_start_that_failed_is_not_tried_again() {
        assertThatThrownBy(() -> Containers.start(
                        Extensions.PORTABLE, Stubborn.class, Work.class, RefusalTest_Work_DtxBean.class))
                .hasMessageContaining("DTX-1011");
        assertThat(Stubborn.second)
                .hasMessageContaining("DTX-6003 dtx could not be started")
                .hasMessageContaining("DTX-1011");
        assertThat(Stubborn.asked).isEqualTo(1);
    }

    @Test
    void a_first_use_while_the_container_goes_down_is_refused() {
        try (WeldContainer container = Containers.start(Extensions.PORTABLE, Tardy.class)) {
            assertThat(container.isRunning()).isTrue();
        }
        assertThat(Tardy.refused).hasMessageContaining("DTX-6002");
    }

    private URLClassLoader compiledWithoutProcessor() throws IOException {
        Path source = directory.resolve("Orders.java");
        Files.writeString(source, """
                package unprocessed;
                @jakarta.enterprise.context.ApplicationScoped
                public class Orders {
                    @io.dtx.DistributedTransaction
                    public void place() {}
                }
                """);
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", directory.toString(), source.toString());
        assertThat(failed).isZero();
        return new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader());
    }

    @ApplicationScoped
    static class Work {
        @DistributedTransaction
        public String work(String what) {
            return what;
        }
    }

    static class Task implements Runnable {
        @Override
        @DistributedTransaction
        public void run() {
            throw new AssertionError("ran without a transaction");
        }
    }

    @Dependent
    static class Maker {
        @Produces
        Runnable task() {
            return new Task();
        }

        @Produces
        @Named
        String innocent() {
            return "innocent";
        }
    }

    @Dependent
    static class Clerk {
        @Inject
        @Guarded("stok")
        DataSource desk;
    }

    @SessionScoped
    static class Cart implements Serializable {
        @SagaStep(compensate = "remove")
        public void add(String what) {}

        void remove(String what) {}
    }

    @ApplicationScoped
    static class Circular {
        @Inject
        Dtx dtx;

        void configure(@Observes Dtx.Builder builder) {
            builder.config("dtx.log", "memory");
        }
    }

    /** Configures what cannot work, and swallows the first failure. */
    @ApplicationScoped
    static class Stubborn {
        static int asked;
        static Throwable second;

        @Inject
        Work work;

        void configure(@Observes Dtx.Builder builder) {
            asked++;
            builder.config("dtx.log", "paper");
        }

        void early(@Observes @Initialized(ApplicationScoped.class) @Priority(1) Object up) {
            assertThatThrownBy(() -> work.work("a")).hasMessageContaining("DTX-1011");
            second = catchThrowable(() -> work.work("b"));
        }
    }

    @ApplicationScoped
    static class Tardy {
        static Throwable refused;

        @Inject
        Instance<Dtx> dtx;

        @PreDestroy
        void end() {
            refused = catchThrowable(dtx::get);
        }

        void wakeUp(@Observes @Initialized(ApplicationScoped.class) Object up) {
            refused = null;
        }
    }
}
