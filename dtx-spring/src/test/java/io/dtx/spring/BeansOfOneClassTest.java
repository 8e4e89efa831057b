package io.dtx.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;

/** A compensation knows its class and no bean, so that there is one bean to call it on. */
class BeansOfOneClassTest {

    private static final List<String> TRACE = new ArrayList<>();

    @Test
    void two_beans_of_a_class_with_compensations_are_refused() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.register(Settings.class);
            context.registerBean("visa", Cards.class);
            context.registerBean("amex", Cards.class);
            assertThatThrownBy(context::refresh)
                    .hasStackTraceContaining("DTX-6107 beans visa and amex are both a")
                    .hasStackTraceContaining("subclass");
        }
    }

    @Test
    void two_beans_of_a_class_without_compensations_are_not() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.register(Settings.class);
            context.registerBean("one", Looks.class);
            context.registerBean("other", Looks.class);
            context.refresh();
            assertThat(context.getBeansOfType(Looks.class)).hasSize(2);
        }
    }

    @Test
    void a_scoped_proxy_and_its_target_are_one_bean() {
        TRACE.clear();
        try (AnnotationConfigApplicationContext context =
                new AnnotationConfigApplicationContext(Settings.class, Proxied.class, Orders.class)) {
            assertThatThrownBy(() -> context.getBean(Orders.class).place()).hasMessage("no ship");
            assertThat(TRACE).containsExactly("charge", "refund in a new bean");
        }
    }

    static class Cards {
        @SagaStep(compensate = "refund")
        public void charge() {}

        void refund() {}
    }

    static class Looks {
        @SagaStep(compensate = SagaStep.NONE)
        public void look() {}
    }

    @Scope(value = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
    static class Proxied {
        private final String made = "a new bean";

        @SagaStep(compensate = "refund")
        public void charge() {
            TRACE.add("charge");
        }

        void refund() {
            TRACE.add("refund in " + made);
        }
    }

    static class Orders {
        @Autowired
        Proxied cards;

        @DistributedTransaction
        public void place() {
            cards.charge();
            throw new IllegalStateException("no ship");
        }
    }
}
