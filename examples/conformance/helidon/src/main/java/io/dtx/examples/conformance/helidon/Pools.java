package io.dtx.examples.conformance.helidon;

import io.dtx.runtime.Dtx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import javax.sql.DataSource;

/** Registers a data source that {@code microprofile-config.properties} describes: Helidon pools it, with HikariCP. */
@ApplicationScoped
public class Pools {

    @Inject
    @Named("stock")
    DataSource stock;

    /** Is made by its container. */
    public Pools() {}

    /** Registers it. */
    public void configure(@Observes Dtx.Builder dtx) {
        dtx.resource("stock", stock);
    }
}
