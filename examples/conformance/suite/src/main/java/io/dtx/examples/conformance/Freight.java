package io.dtx.examples.conformance;

import io.dtx.SagaStep;
import io.dtx.StepContext;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Steps that a class inherits. */
public abstract class Freight {

    private final @Nullable DataSource shipping;

    /** Keeps its entries there; none is a proxy's. */
    protected Freight(@Nullable DataSource shipping) {
        this.shipping = shipping;
    }

    /** Sends a parcel. */
    @SagaStep(compensate = "recall", resource = "shipping", name = "Freight.ship")
    public void ship(String article) throws SQLException {
        Trace.step("ship " + article);
        Entries.add(shipping(), "shipped " + article);
    }

    /** Gets it back. */
    protected void recall(String article, StepContext step) throws SQLException {
        int removed = Entries.remove(shipping(), "shipped " + article);
        Trace.compensation("ship " + article + " removed " + removed, step);
    }

    /** Returns what is in the database, outside of steps. */
    public String sent() throws SQLException {
        return Entries.all(shipping());
    }

    private DataSource shipping() {
        return Objects.requireNonNull(shipping, "a proxy was called");
    }
}
