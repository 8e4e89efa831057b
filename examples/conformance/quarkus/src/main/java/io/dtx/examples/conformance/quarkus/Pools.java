package io.dtx.examples.conformance.quarkus;

import io.agroal.api.AgroalDataSource;
import io.dtx.runtime.Dtx;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Registers a data source of the application, which {@code application.properties} describes: Quarkus pools it, with Agroal. */
@ApplicationScoped
public class Pools {

    @Inject
    @DataSource("stock")
    AgroalDataSource stock;

    /** Is made by its container. */
    public Pools() {}

    /** Registers it. */
    public void configure(@Observes Dtx.Builder dtx) {
        dtx.resource("stock", stock);
    }
}
