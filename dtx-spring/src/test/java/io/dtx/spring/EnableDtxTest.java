package io.dtx.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DistributedTransaction;
import io.dtx.DtxException;
import io.dtx.SagaStep;
import io.dtx.TransactionContext;
import io.dtx.runtime.Dtx;
import io.dtx.spi.ParticipantBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.support.SimpleThreadScope;

/** What becomes of annotated beans in an application context, and what is refused. */
class EnableDtxTest {

    private static final List<String> TRACE = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void forget() {
        TRACE.clear();
    }

    @Test
    void an_annotated_class_is_a_bean_of_its_generated_class_and_compensates() {
        try (AnnotationConfigApplicationContext context = start(Shop.class)) {
            Orders orders = context.getBean(Orders.class);

            assertThatThrownBy(() -> orders.place("tea")).hasMessage("no ship");

            assertThat(orders).isInstanceOf(ParticipantBean.class);
            assertThat(context.getBeanNamesForType(Stock.class)).containsExactly("stock");
            assertThat(TRACE)
                    .containsExactly(
                            "reserve tea", "wrap tea by prototype", "unwrap tea", "prototype gone", "release tea");
        }
    }

    @Test
    void what_starts_late_and_stops_early_may_call_transactions() {
        try (AnnotationConfigApplicationContext context = start(Shop.class, Listener.class)) {
            assertThat(TRACE).containsExactly("start in EnableDtxTest.Orders.look");
            TRACE.clear();
            assertThat(context.getBean(Dtx.class).transactions().list(any -> true))
                    .isEmpty();
        }
        assertThat(TRACE).containsExactly("stop in EnableDtxTest.Orders.look");
    }

    @Test
    void a_method_that_makes_an_annotated_object_is_refused_and_one_of_the_generated_class_is_not() {
        assertThatThrownBy(() -> start(Settings.class, Makes.class))
                .hasRootCauseInstanceOf(DtxException.class)
                .rootCause()
                .hasMessageContainingAll(
                        "DTX-6101 bean stock", "the method make the generated EnableDtxTest_Stock_DtxBean");
        try (AnnotationConfigApplicationContext context = start(Settings.class, MakesGenerated.class)) {
            assertThat(context.getBean(Stock.class)).isInstanceOf(ParticipantBean.class);
        }
    }

    @Test
    void what_a_factory_makes_or_somebody_adds_as_an_object_is_refused_too() {
        try (AnnotationConfigApplicationContext context = start(Settings.class, Factory.class)) {
            assertThatThrownBy(() -> context.getBean(Stock.class)).hasStackTraceContaining("DTX-6101 bean stock");
        }
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.register(Settings.class);
        context.getBeanFactory().registerSingleton("added", new Stock());

        assertThatThrownBy(context::refresh).hasStackTraceContaining("DTX-6101 bean added");
        context.close();
    }

    @Test
    void what_a_method_makes_late_is_compensated_if_it_could_be_seen_at_the_start() {
        try (AnnotationConfigApplicationContext context =
                start(Settings.class, Orders.class, Wrapping.class, Late.class)) {
            assertThatThrownBy(() -> context.getBean(Orders.class).place("tea")).hasMessage("no ship");
            assertThat(TRACE).endsWith("release tea");

            assertThatThrownBy(() -> context.getBean("unseen")).hasStackTraceContaining("DTX-6104 bean unseen");
        }
    }

    @Test
    void a_double_that_overrides_what_is_annotated_is_an_ordinary_bean() {
        try (AnnotationConfigApplicationContext context = start(Settings.class, Pretends.class)) {
            context.getBean(Stock.class).reserve("tea");
            assertThat(TRACE).containsExactly("pretend tea");
        }
    }

    @Test
    void a_double_of_the_generated_class_that_a_test_adds_as_an_object_is_compensated() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.register(Settings.class, Orders.class, Wrapping.class);
            context.getBeanFactory().registerSingleton("mocked", new EnableDtxTest_Stock_DtxBean() {
                @Override
                void release(String what) {
                    TRACE.add("double releases " + what);
                }
            });
            context.refresh();
            assertThatThrownBy(() -> context.getBean(Orders.class).place("tea")).hasMessage("no ship");
            assertThat(TRACE).endsWith("double releases tea");
        }
    }

    @Test
    void a_context_that_was_stopped_says_that_it_is_not_started_again() {
        try (AnnotationConfigApplicationContext context = start(Settings.class)) {
            context.stop();
            assertThatThrownBy(context::start).hasStackTraceContaining("DTX-6105");
        }
    }

    @Test
    void a_bean_with_compensations_lives_as_long_as_the_application_or_a_call() {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getBeanFactory().registerScope("client", new SimpleThreadScope());
        context.register(Settings.class, OfAClient.class);

        assertThatThrownBy(context::refresh)
                .hasStackTraceContaining("DTX-6102 bean")
                .hasStackTraceContaining("client");
        context.close();
    }

    private static AnnotationConfigApplicationContext start(Class<?>... classes) {
        return new AnnotationConfigApplicationContext(classes);
    }

    @Configuration
    @Import({Settings.class, Orders.class, Wrapping.class})
    static class Shop {
        @Bean
        static BeanDefinitionRegistryPostProcessor late() {
            return registry -> registry.registerBeanDefinition("stock", new RootBeanDefinition(Stock.class));
        }
    }

    @Configuration
    static class Makes {
        @Bean
        Stock stock() {
            return new Stock();
        }
    }

    @Configuration
    static class MakesGenerated {
        @Bean
        Stock stock() {
            return new EnableDtxTest_Stock_DtxBean();
        }
    }

    @Configuration
    static class Factory {
        @Bean
        FactoryBean<Stock> stock() {
            return new FactoryBean<>() {
                @Override
                public Stock getObject() {
                    return new Stock();
                }

                @Override
                public Class<?> getObjectType() {
                    return Stock.class;
                }
            };
        }
    }

    @Configuration
    static class Late {
        @Bean
        @Lazy
        Stock stock() {
            return new EnableDtxTest_Stock_DtxBean();
        }

        @Bean
        @Lazy
        Object unseen() {
            return new EnableDtxTest_OfAClient_DtxBean();
        }
    }

    @Configuration
    static class Pretends {
        @Bean
        Stock stock() {
            return new Stock() {
                @Override
                public void reserve(String what) {
                    TRACE.add("pretend " + what);
                }
            };
        }
    }

    static class Orders {
        @Autowired
        @Lazy
        Stock stock;

        @Autowired
        Wrapping wrapping;

        @DistributedTransaction
        public void place(String what) {
            stock.reserve(what);
            wrapping.wrap(what);
            throw new IllegalStateException("no ship");
        }

        @DistributedTransaction
        public String look() {
            return TransactionContext.current().name();
        }
    }

    static class Stock {
        @SagaStep(compensate = "release")
        public void reserve(String what) {
            TRACE.add("reserve " + what);
        }

        void release(String what) {
            TRACE.add("release " + what);
        }
    }

    @Scope("prototype")
    static class Wrapping implements DisposableBean {
        @SagaStep(compensate = "unwrap")
        public void wrap(String what) {
            TRACE.add("wrap " + what + " by prototype");
        }

        void unwrap(String what) {
            TRACE.add("unwrap " + what);
        }

        @Override
        public void destroy() {
            TRACE.add("prototype gone");
        }
    }

    @Scope("client")
    static class OfAClient {
        @SagaStep(compensate = "forget")
        public void note(String what) {
            TRACE.add("note " + what);
        }

        void forget(String what) {
            TRACE.add("forget " + what);
        }
    }

    static class Listener implements SmartLifecycle {
        @Autowired
        Orders orders;

        private boolean running;

        @Override
        public void start() {
            running = true;
            TRACE.add("start in " + orders.look());
        }

        @Override
        public void stop() {
            running = false;
            TRACE.add("stop in " + orders.look());
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }
}
