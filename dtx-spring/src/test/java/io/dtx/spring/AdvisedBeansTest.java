package io.dtx.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ContextAnnotationAutowireCandidateResolver;
import org.springframework.context.annotation.Import;

/** Beans that Spring puts behind proxies are found all the same, and compensated. */
class AdvisedBeansTest {

    private static final List<String> TRACE = new ArrayList<>();

    @Test
    void steps_of_cached_beans_are_compensated_with_and_without_an_interface() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Cached.class)) {
            check(context);
            assertThat(context.getBean(Stock.class).name()).isEqualTo("name 1");
            assertThat(context.getBean(Stock.class).name()).isEqualTo("name 1");
        }
    }

    @Test
    void steps_behind_two_proxies_of_somebody_else_are_compensated() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Wrapped.class)) {
            check(context);
        }
    }

    @Test
    void who_resolves_injected_values_goes_on_doing_so() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Resolved.class)) {
            assertThat(context.getBean(Speaker.class).word).isEqualTo("word");
        }
    }

    private static void check(AnnotationConfigApplicationContext context) {
        TRACE.clear();
        assertThatThrownBy(() -> context.getBean(Orders.class).place("tea")).hasMessage("no ship");
        assertThat(TRACE).containsExactly("reserve tea", "wrap tea", "unwrap tea", "release tea");
    }

    @Configuration
    @Import({Settings.class, Orders.class, Stock.class, Wrapping.class})
    static class Shop {}

    @Configuration
    @EnableCaching
    @Import(Shop.class)
    static class Cached {
        @Bean
        ConcurrentMapCacheManager caches() {
            return new ConcurrentMapCacheManager();
        }
    }

    @Configuration
    @Import(Shop.class)
    static class Wrapped {
        @Bean
        static BeanPostProcessor wrapping() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof Port ? new ProxyFactory(new ProxyFactory(bean).getProxy()).getProxy() : bean;
                }
            };
        }
    }

    @Configuration
    @Import({Shop.class, Speaker.class})
    static class Resolved {
        @Bean
        static BeanDefinitionRegistryPostProcessor words() {
            return registry -> ((DefaultListableBeanFactory) registry)
                    .setAutowireCandidateResolver(new ContextAnnotationAutowireCandidateResolver() {
                        @Override
                        public Object getSuggestedValue(DependencyDescriptor wanted) {
                            return wanted.getDependencyType() == String.class
                                    ? "word"
                                    : super.getSuggestedValue(wanted);
                        }
                    });
        }
    }

    static class Speaker {
        @Autowired
        String word;
    }

    interface Port {
        void reserve(String what);
    }

    static class Stock implements Port {
        private int asked;

        @Override
        @SagaStep(compensate = "release")
        public void reserve(String what) {
            TRACE.add("reserve " + what);
        }

        void release(String what) {
            TRACE.add("release " + what);
        }

        @Cacheable("names")
        public String name() {
            return "name " + ++asked;
        }
    }

    static class Wrapping {
        @SagaStep(compensate = "unwrap")
        public void wrap(String what) {
            TRACE.add("wrap " + what);
        }

        void unwrap(String what) {
            TRACE.add("unwrap " + what);
        }

        @Cacheable("papers")
        public String paper() {
            return "paper";
        }
    }

    static class Orders {
        @Autowired
        Port stock;

        @Autowired
        Wrapping wrapping;

        @DistributedTransaction
        public void place(String what) {
            stock.reserve(what);
            wrapping.wrap(what);
            throw new IllegalStateException("no ship");
        }
    }
}
