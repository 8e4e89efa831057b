package io.dtx.examples.quickstart;

import io.dtx.SagaStep;
import io.dtx.StepResult;
import io.dtx.cdi.Guarded;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Hands parcels to the carrier. */
@ApplicationScoped
public class ShippingService {

    private static final int LARGEST_PARCEL = 20;

    @Inject
    @Guarded("shipments")
    DataSource shipments;

    /**
     * Sends a parcel.
     *
     * @return the parcel's number
     */
    @SagaStep(compensate = "recall", resource = "shipments")
    public long ship(Order order) throws SQLException, RejectedException {
        if (order.quantity() > LARGEST_PARCEL) {
            throw new RejectedException("parcel too large: " + order.quantity() + " pieces");
        }
        return Sql.insert(
                shipments,
                "INSERT INTO shipments (order_id, sku, quantity) VALUES (?, ?, ?)",
                order.id(),
                order.sku(),
                order.quantity());
    }

    void recall(Order order, @StepResult long parcel) throws SQLException {
        Sql.update(shipments, "UPDATE shipments SET undone_at = CURRENT_TIMESTAMP WHERE id = ?", parcel);
    }
}
