package io.dtx.runtime.crash;

import io.dtx.SagaStep;
import io.dtx.StepResult;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The second step of an order. */
public class PaymentService {

    private final DataSource payments;
    private final Effects effects;

    PaymentService(DataSource payments, Effects effects) {
        this.payments = payments;
        this.effects = effects;
    }

    /** Charges. */
    @SagaStep(resource = "payments", compensate = "refund")
    public long charge(int order, long amount) throws SQLException {
        effects.add(payments, order, "D", amount);
        return Orders.receipt(order, amount);
    }

    void refund(int order, long amount, @StepResult long receipt) throws SQLException {
        Orders.requireReceipt(receipt, order, amount);
        effects.add(payments, order, "U", amount);
    }
}
