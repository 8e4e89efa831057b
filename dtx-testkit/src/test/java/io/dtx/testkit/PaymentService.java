package io.dtx.testkit;

import io.dtx.SagaStep;
import io.dtx.StepRetry;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Takes money. */
public class PaymentService {

    private final DataSource payments;

    public PaymentService(DataSource payments) {
        this.payments = payments;
    }

    @SagaStep(
            compensate = "refund",
            resource = "payments",
            retry = @StepRetry(maxAttempts = 3, delay = "20s", maxDelay = "20s", retryOn = InjectedFailure.class))
    public void charge(String customer, int amount) throws SQLException {
        Sql.update(payments, "update account set balance = balance - ? where customer = ?", amount, customer);
    }

    void refund(String customer, int amount) throws SQLException {
        Sql.update(payments, "update account set balance = balance + ? where customer = ?", amount, customer);
    }
}
