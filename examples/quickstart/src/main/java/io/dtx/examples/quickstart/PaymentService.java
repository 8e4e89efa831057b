package io.dtx.examples.quickstart;

import io.dtx.SagaStep;
import io.dtx.StepResult;
import io.dtx.cdi.Guarded;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Knows what customers may spend. */
@ApplicationScoped
public class PaymentService {

    @Inject
    @Guarded("payments")
    DataSource payments;

    /**
     * Takes the money.
     *
     * @return the payment's number
     */
    @SagaStep(compensate = "refund", resource = "payments")
    public long charge(long order, String customer, BigDecimal amount) throws SQLException, RejectedException {
        int taken = Sql.update(
                payments,
                "UPDATE accounts SET credit = credit - ? WHERE customer = ? AND credit >= ?",
                amount,
                customer,
                amount);
        if (taken == 0) {
            throw new RejectedException("credit limit: " + customer);
        }
        return Sql.insert(
                payments,
                "INSERT INTO payments (order_id, customer, amount) VALUES (?, ?, ?)",
                order,
                customer,
                amount);
    }

    void refund(long order, String customer, BigDecimal amount, @StepResult long payment) throws SQLException {
        Sql.update(payments, "UPDATE payments SET undone_at = CURRENT_TIMESTAMP WHERE id = ?", payment);
        Sql.update(payments, "UPDATE accounts SET credit = credit + ? WHERE customer = ?", amount, customer);
    }
}
