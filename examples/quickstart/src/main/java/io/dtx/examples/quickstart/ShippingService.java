package io.dtx.examples.quickstart;

import io.dtx.SagaStep;
import io.dtx.StepResult;
import io.dtx.cdi.Guarded;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.commons.dbutils.QueryRunner;
import org.apache.commons.dbutils.handlers.ScalarHandler;

/** Hands parcels to the carrier. */
@ApplicationScoped
public class ShippingService {
    @Inject
    @Guarded("shipments")
    DataSource shipments;

    @SagaStep(compensate = "recall", resource = "shipments")
    public long ship(Order order) throws SQLException {
        if (order.quantity() > 20) {
            throw new RejectedException("parcel too large: " + order.quantity() + " pieces");
        }
        String note = "INSERT INTO shipments (order_id, sku, quantity) VALUES (?, ?, ?)";
        QueryRunner sql = new QueryRunner(shipments);
        return sql.insert(note, new ScalarHandler<Long>("id"), order.id(), order.sku(), order.quantity());
    }

    void recall(Order order, @StepResult long parcel) throws SQLException {
        new QueryRunner(shipments).update("UPDATE shipments SET undone_at = CURRENT_TIMESTAMP WHERE id = ?", parcel);
    }
}
