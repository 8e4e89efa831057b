package io.dtx.testkit;

import io.dtx.DistributedTransaction;
import java.sql.SQLException;

/** Places orders. */
public class OrderService {

    private final StockService stock;
    private final PaymentService payments;
    private final Carrier carrier;

    public OrderService(StockService stock, PaymentService payments, Carrier carrier) {
        this.stock = stock;
        this.payments = payments;
        this.carrier = carrier;
    }

    @DistributedTransaction
    public void place(String customer, String sku, int quantity, int amount) throws SQLException {
        stock.reserve(sku, quantity);
        payments.charge(customer, amount);
        carrier.ship(sku);
    }

    Carrier carrier() {
        return carrier;
    }
}
