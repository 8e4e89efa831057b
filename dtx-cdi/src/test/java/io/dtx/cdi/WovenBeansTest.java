package io.dtx.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import io.dtx.StepContext;
import io.dtx.TransactionContext;
import io.dtx.cdi.Containers.Extensions;
import io.dtx.runtime.Dtx;
import io.dtx.runtime.TransactionHistory;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Vetoed;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Qualifier;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The generated class is the bean, and everything that made the original the bean that it was goes on. */
class WovenBeansTest {

    private static final List<String> TRACE = new ArrayList<>();

    @BeforeEach
    void forget() {
        Settings.directory = null;
        TRACE.clear();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void the_generated_class_is_the_only_bean_of_its_original(Extensions extensions) {
        try (WeldContainer container = start(extensions)) {
            assertThat(Containers.beansOf(container, Orders.class)).containsExactly("WovenBeansTest_Orders_DtxBean");
            assertThat(container.select(Orders.class).get().place("a")).isEqualTo("reserved a");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void a_call_of_the_bean_to_itself_is_a_step(Extensions extensions) {
        try (WeldContainer container = start(extensions)) {
            container.select(Orders.class).get().place("a");

            List<TransactionHistory> transactions =
                    container.select(Dtx.class).get().transactions().list(each -> true);
            assertThat(transactions).singleElement().satisfies(transaction -> {
                assertThat(transaction.name()).isEqualTo("WovenBeansTest.Orders.place");
                assertThat(transaction.steps())
                        .singleElement()
                        .satisfies(step -> assertThat(step.name()).isEqualTo("WovenBeansTest.Orders.reserve"));
            });
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void sibling_beans_of_an_interface_are_kept(Extensions extensions) {
        try (WeldContainer container = start(extensions)) {
            assertThat(Containers.beansOf(container, Port.class))
                    .containsExactlyInAnyOrder("WovenBeansTest_WovenPort_DtxBean", "PlainPort");
            assertThat(container.select(Port.class, Any.Literal.INSTANCE).stream()
                            .map(Port::name))
                    .containsExactlyInAnyOrder("woven", "plain");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void an_observer_in_a_woven_bean_is_notified_once(Extensions extensions) {
        try (WeldContainer container = start(extensions)) {
            container.getBeanManager().getEvent().select(Arrived.class).fire(new Arrived("a"));

            assertThat(TRACE).containsExactly("arrived a");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void an_interceptor_of_a_method_is_kept_and_runs_outside_of_the_step(Extensions extensions) {
        try (WeldContainer container = start(extensions)) {
            container.select(Orders.class).get().place("a");

            assertThat(TRACE).containsExactly("before place, in a transaction: false", "reserve, in a step: true");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void qualifiers_and_names_are_kept(Extensions extensions) {
        try (WeldContainer container = start(extensions)) {
            assertThat(container.select(Port.class, new Fast.Literal()).get().name())
                    .isEqualTo("woven");
            assertThat(container
                            .select(Port.class, NamedLiteral.of("wovenPort"))
                            .get()
                            .name())
                    .isEqualTo("woven");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void a_class_that_inherits_its_steps_is_woven(Extensions extensions) {
        try (WeldContainer container = start(extensions)) {
            assertThat(Containers.beansOf(container, Heir.class)).containsExactly("WovenBeansTest_Heir_DtxBean");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void an_alternative_takes_the_place_of_a_woven_bean(Extensions extensions) {
        try (WeldContainer container = Containers.start(
                extensions,
                Settings.class,
                Reader.class,
                WovenBeansTest_Reader_DtxBean.class,
                OtherReader.class,
                WovenBeansTest_OtherReader_DtxBean.class)) {
            assertThat(container.select(Reader.class).get().read()).isEqualTo("other");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void a_vetoed_class_stays_away_together_with_its_generated_one(Extensions extensions) {
        try (WeldContainer container =
                Containers.start(extensions, Settings.class, Absent.class, WovenBeansTest_Absent_DtxBean.class)) {
            assertThat(Containers.beansOf(container, Absent.class)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "PORTABLE")
    void a_generated_class_that_was_not_discovered_is_added(Extensions extensions) {
        try (WeldContainer container = Containers.start(extensions, Settings.class, Reader.class)) {
            assertThat(Containers.beansOf(container, Reader.class)).containsExactly("WovenBeansTest_Reader_DtxBean");
        }
    }

    private static WeldContainer start(Extensions extensions) {
        return Containers.start(
                extensions,
                Settings.class,
                Orders.class,
                WovenBeansTest_Orders_DtxBean.class,
                WovenPort.class,
                WovenBeansTest_WovenPort_DtxBean.class,
                PlainPort.class,
                Heir.class,
                WovenBeansTest_Heir_DtxBean.class,
                TracingInterceptor.class);
    }

    /** An event. */
    record Arrived(String what) {}

    @Qualifier
    @Retention(RetentionPolicy.RUNTIME)
    @interface Fast {
        final class Literal extends AnnotationLiteral<Fast> implements Fast {}
    }

    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Traced {}

    @Traced
    @Interceptor
    @Priority(Interceptor.Priority.APPLICATION)
    static class TracingInterceptor {
        @AroundInvoke
        Object trace(InvocationContext call) throws Exception {
            TRACE.add("before " + call.getMethod().getName() + ", in a transaction: " + TransactionContext.isActive());
            return call.proceed();
        }
    }

    @ApplicationScoped
    static class Orders {
        @Traced
        @DistributedTransaction
        public String place(String what) {
            return this.reserve(what);
        }

        @SagaStep(compensate = "release")
        String reserve(String what) {
            TRACE.add("reserve, in a step: " + (StepContext.current() != null));
            return "reserved " + what;
        }

        void release(String what) {
            TRACE.add("release " + what);
        }

        void onArrival(@Observes Arrived event) {
            TRACE.add("arrived " + event.what());
        }
    }

    interface Port {
        String name();
    }

    @Fast
    @Named
    @ApplicationScoped
    static class WovenPort implements Port {
        @Override
        @DistributedTransaction
        public String name() {
            return "woven";
        }
    }

    @ApplicationScoped
    static class PlainPort implements Port {
        @Override
        public String name() {
            return "plain";
        }
    }

    abstract static class Ancestor {
        @SagaStep(compensate = SagaStep.NONE, standalone = true)
        public void look() {
            TRACE.add("look");
        }
    }

    @Dependent
    static class Heir extends Ancestor {}

    @Dependent
    static class Reader {
        @DistributedTransaction
        public String read() {
            return "first";
        }
    }

    @Alternative
    @Priority(1)
    @Dependent
    static class OtherReader extends Reader {
        @Inject
        Dtx dtx;

        @Override
        @DistributedTransaction
        public String read() {
            return dtx.transactions().list(each -> true).isEmpty() ? "other" : "begun";
        }
    }

    @Vetoed
    static class Absent {
        @DistributedTransaction
        public void work() {
            TRACE.add("work");
        }
    }
}
