package io.dtx.runtime.order;

import io.dtx.DistributedTransaction;
import java.math.BigDecimal;
import java.sql.SQLException;

/** Places orders: plain Java. */
public class OrderService {

    private final StockService stock;
    private final PaymentService payments;

    public OrderService(StockService stock, PaymentService payments) {
        this.stock = stock;
        this.payments = payments;
    }

    @DistributedTransaction(timeout = "30s")
    public long place(String customer, String sku, int quantity, BigDecimal total) throws SQLException {
        long reservation = stock.reserve(sku, quantity);
        payments.charge(customer, total);
        return reservation;
    }
}
