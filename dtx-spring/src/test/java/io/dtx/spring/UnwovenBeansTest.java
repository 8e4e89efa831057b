package io.dtx.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import io.dtx.runtime.Dtx;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;

/** Annotated beans that nobody weaves are refused, whenever and wherever they are made. */
class UnwovenBeansTest {

    @Test
    void one_that_a_post_processor_needs_is_made_before_all_others_and_refused() {
        assertThatThrownBy(() -> new AnnotationConfigApplicationContext(Early.class))
                .hasStackTraceContaining("DTX-6101 bean stock");
    }

    @Test
    void one_of_a_child_context_without_dtx_is_refused_there() {
        try (AnnotationConfigApplicationContext parent = new AnnotationConfigApplicationContext(Settings.class)) {
            AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext();
            child.setParent(parent);
            child.register(Stock.class);
            assertThatThrownBy(child::refresh)
                    .hasStackTraceContaining("DTX-6106 bean")
                    .hasStackTraceContaining("@EnableDtx");
            child.close();
        }
    }

    @Test
    void one_of_a_parent_context_without_dtx_is_refused_at_the_start() {
        try (AnnotationConfigApplicationContext parent = new AnnotationConfigApplicationContext(Stock.class);
                AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext()) {
            child.setParent(parent);
            child.register(Settings.class);
            assertThatThrownBy(child::refresh)
                    .hasStackTraceContaining("of a parent context")
                    .hasStackTraceContaining("DTX-6106 bean");
        }
    }

    @Test
    void two_contexts_have_a_dtx_each_with_logs_of_their_own(@TempDir Path above, @TempDir Path below) {
        try (AnnotationConfigApplicationContext parent = new AnnotationConfigApplicationContext();
                AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext()) {
            parent.register(Plain.class, Stock.class);
            parent.registerBean("parents", DtxConfigurer.class, () -> dtx -> dtx.config("dtx.log.dir", "" + above));
            parent.refresh();
            child.setParent(parent);
            child.register(Plain.class, Stock.class);
            child.registerBean("childs", DtxConfigurer.class, () -> dtx -> dtx.config("dtx.log.dir", "" + below));
            child.refresh();
            child.getBean(Stock.class).look();
            parent.getBean(Stock.class).look();
            assertThat(child.getBean(Dtx.class)).isNotSameAs(parent.getBean(Dtx.class));
        }
    }

    @Configuration
    @EnableDtx
    static class Plain {}

    @Test
    void one_that_a_method_of_a_child_or_parent_context_makes_later_is_refused_then() {
        try (AnnotationConfigApplicationContext above = new AnnotationConfigApplicationContext(Late.class);
                AnnotationConfigApplicationContext middle = below(above, Settings.class);
                AnnotationConfigApplicationContext child = below(middle, Late.class)) {
            assertThatThrownBy(() -> above.getBean("lazy")).hasStackTraceContaining("of a parent context");
            assertThatThrownBy(() -> child.getBean("lazy")).hasStackTraceContaining("of a child context");
            assertThatThrownBy(() -> child.getBean("prototype")).hasStackTraceContaining("DTX-6106 bean prototype");
            assertThatThrownBy(() -> child.getBean("product")).hasStackTraceContaining("DTX-6106 bean product");
        }
    }

    private static AnnotationConfigApplicationContext below(ApplicationContext parent, Class<?> configuration) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.setParent(parent);
        context.register(configuration);
        context.refresh();
        return context;
    }

    @Test
    void a_child_context_without_annotated_beans_is_none_of_our_business() {
        try (AnnotationConfigApplicationContext parent = new AnnotationConfigApplicationContext(Settings.class);
                AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext()) {
            child.setParent(parent);
            child.register(Pretends.class);
            child.refresh();
            assertThat(child.getBean(Stock.class)).isNotNull();
        }
    }

    @Configuration
    @Import(Settings.class)
    static class Early {
        @Bean
        static Stock stock() {
            return new Stock();
        }

        @Bean
        static BeanPostProcessor first(Stock needed) {
            return new BeanPostProcessor() {
                @Override
                public String toString() {
                    return "needs " + needed;
                }
            };
        }
    }

    @Configuration
    static class Late {
        @Bean
        @Lazy
        Stock lazy() {
            return new Stock();
        }

        @Bean
        @Scope("prototype")
        Stock prototype() {
            return new Stock();
        }

        @Bean
        FactoryBean<Stock> product() {
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
    static class Pretends {
        @Bean
        Stock stock() {
            return new Stock() {
                @Override
                public void reserve(String what) {}

                @Override
                public void look() {}
            };
        }
    }

    static class Stock {
        @SagaStep(compensate = "release")
        public void reserve(String what) {}

        void release(String what) {}

        @DistributedTransaction
        public void look() {}
    }
}
