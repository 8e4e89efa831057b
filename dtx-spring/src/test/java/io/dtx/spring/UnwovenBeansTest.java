package io.dtx.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

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
    @EnableDtx
    static class Settings {
        @Bean
        DtxConfigurer memory() {
            return dtx -> dtx.config("dtx.log", "memory");
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
