package io.dtx.runtime.order;

import io.dtx.SagaStep;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Takes money from accounts, and gives it back. */
public class PaymentService {

    private final DataSource payments;

    public PaymentService(DataSource payments) {
        this.payments = payments;
    }

    @SagaStep(compensate = "refund", resource = "payments")
    public void charge(String customer, BigDecimal amount) throws SQLException {
        if (move(customer, amount.negate()) == 0) {
            throw new IllegalArgumentException(customer + " has not enough money");
        }
    }

    void refund(String customer, BigDecimal amount) throws SQLException {
        move(customer, amount);
    }

    private int move(String customer, BigDecimal amount) throws SQLException {
        try (Connection connection = payments.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update account set balance = balance + ? where customer = ? and balance + ? >= 0")) {
            update.setBigDecimal(1, amount);
            update.setString(2, customer);
            update.setBigDecimal(3, amount);
            return update.executeUpdate();
        }
    }
}
