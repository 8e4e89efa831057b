package io.dtx.examples.conformance.spring;

import io.dtx.examples.conformance.Audit;
import io.dtx.examples.conformance.Conformance;
import io.dtx.examples.conformance.Container;
import io.dtx.examples.conformance.Databases;
import io.dtx.examples.conformance.Orders;
import io.dtx.examples.conformance.Payments;
import io.dtx.examples.conformance.Shipping;
import io.dtx.examples.conformance.Stock;
import io.dtx.spring.DtxConfigurer;
import io.dtx.spring.EnableDtx;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The application in an application context. */
@Configuration
@EnableDtx
@Import({Databases.class, Orders.class, Stock.class, Payments.class, Audit.class, Shipping.class})
class SpringApplication {

    /** Runs a part of the suite. */
    public static void main(String[] args) throws Exception {
        Conformance.run(args[0], () -> new Context(new AnnotationConfigApplicationContext(SpringApplication.class)));
    }

    @Bean
    DtxConfigurer resources(Databases databases) {
        return databases::configure;
    }

    private record Context(AnnotationConfigApplicationContext context) implements Container {

        @Override
        public <T> T bean(Class<T> type) {
            return context.getBean(type);
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
