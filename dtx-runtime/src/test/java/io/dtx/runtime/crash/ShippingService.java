package io.dtx.runtime.crash;

import io.dtx.SagaStep;
import io.dtx.StepResult;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The third step of an order. */
public class ShippingService {

    private final DataSource shipping;
    private final Effects effects;

    ShippingService(DataSource shipping, Effects effects) {
        this.shipping = shipping;
        this.effects = effects;
    }

    /** Ships, after its SQL refuses some. */
    @SagaStep(resource = "shipping", compensate = "cancel")
    public long ship(int order, long amount) throws SQLException {
        effects.add(shipping, order, "D", amount);
        if (Orders.isRefused(order)) {
            throw new IllegalArgumentException("no such address");
        }
        return Orders.receipt(order, amount);
    }

    void cancel(int order, long amount, @StepResult long receipt) throws SQLException {
        Orders.requireReceipt(receipt, order, amount);
        effects.add(shipping, order, "U", amount);
    }
}
