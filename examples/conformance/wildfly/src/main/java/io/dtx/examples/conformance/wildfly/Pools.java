package io.dtx.examples.conformance.wildfly;

import io.dtx.runtime.Dtx;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import javax.sql.DataSource;

/** Registers a data source of the server. */
@ApplicationScoped
public class Pools {

    @Resource(lookup = "java:jboss/datasources/stock")
    @SuppressWarnings("NullAway") // the server sets it
    DataSource stock;

    /** Is made by its container. */
    public Pools() {}

    /** Registers it. */
    public void configure(@Observes Dtx.Builder dtx) {
        dtx.resource("stock", stock);
    }
}
