package io.dtx.examples.conformance.springboot;

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
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The application, with all that Spring Boot configures by itself, and a web server. */
@SpringBootApplication
@EnableDtx
@Import({Databases.class, Orders.class, Stock.class, Payments.class, Audit.class, Shipping.class})
public class Application {

    /** Is made by Spring. */
    public Application() {}

    /** Runs a part of the suite. */
    public static void main(String[] args) throws Exception {
        SpringApplication boot = new SpringApplication(Application.class);
        boot.setDefaultProperties(Map.of(
                "server.port", "0",
                "spring.datasource.url",
                        "jdbc:h2:file:${conformance.directory}/stock;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE",
                "spring.datasource.username", "sa"));
        Conformance.run(args[0], () -> new Booted(boot.run(args)));
    }

    /** Registers the databases. */
    @Bean
    public DtxConfigurer resources(Databases databases) {
        return databases::configure;
    }

    /** Registers the pool that Spring Boot makes, of HikariCP. */
    @Bean
    public DtxConfigurer pool(DataSource pool) {
        return dtx -> dtx.resource("stock", pool);
    }

    private record Booted(ConfigurableApplicationContext context) implements Container {

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
