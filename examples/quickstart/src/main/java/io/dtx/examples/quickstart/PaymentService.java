package io.dtx.examples.quickstart;

import io.dtx.SagaStep;
import io.dtx.StepResult;
import io.dtx.cdi.Guarded;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.commons.dbutils.QueryRunner;
import org.apache.commons.dbutils.handlers.ScalarHandler;

/** Takes money from customers, as far as their credit goes. */
@ApplicationScoped
public class PaymentService {
    @Inject
    @Guarded("payments")
    DataSource payments;

    @SagaStep(compensate = "refund", resource = "payments")
    public long charge(long order, String customer, BigDecimal amount) throws SQLException {
        QueryRunner sql = new QueryRunner(payments);
        String take = "UPDATE accounts SET credit = credit - ? WHERE customer = ? AND credit >= ?";
        if (sql.update(take, amount, customer, amount) == 0) {
            throw new RejectedException("credit limit: " + customer);
        }
        String note = "INSERT INTO payments (order_id, customer, amount) VALUES (?, ?, ?)";
        return sql.insert(note, new ScalarHandler<Long>("id"), order, customer, amount);
    }

    void refund(long order, String customer, BigDecimal amount, @StepResult long payment) throws SQLException {
        QueryRunner sql = new QueryRunner(payments);
        sql.update("UPDATE payments SET undone_at = CURRENT_TIMESTAMP WHERE id = ?", payment);
        sql.update("UPDATE accounts SET credit = credit + ? WHERE customer = ?", amount, customer);
    }
}
