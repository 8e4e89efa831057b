package io.dtx.examples.cluster;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.dtx.runtime.Dtx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.Extension;
import javax.sql.DataSource;

/** Registers the cluster's databases under the names that the services of the quickstart know. */
final class Resources implements Extension {
    private static final int CONNECTIONS = 40;

    void configure(@Observes Dtx.Builder dtx) {
        Databases.NAMES.forEach(each -> dtx.resource(each, pool(each)));
    }

    private static DataSource pool(String name) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(System.getProperty("shop.server") + name);
        config.setUsername("postgres");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(2);
        return new HikariDataSource(config);
    }
}
