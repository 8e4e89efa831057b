package io.dtx.examples.conformance;

import io.dtx.SagaStep;
import io.dtx.cdi.Guarded;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Nothing injects it: it is looked up, and after a restart not even that. */
@ApplicationScoped
public class Shipping extends Freight {

    /** For a proxy. */
    protected Shipping() {
        super(null);
    }

    /** Keeps its entries there. */
    @Inject
    public Shipping(@Guarded("shipping") DataSource shipping) {
        super(shipping);
    }

    /** Sends nothing, and calls another step, which is refused. */
    @SagaStep(compensate = "recall", resource = "shipping")
    public void shipTwice(String article) throws SQLException {
        ship(article);
    }
}
