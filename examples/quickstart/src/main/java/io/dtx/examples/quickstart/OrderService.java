package io.dtx.examples.quickstart;

import io.dtx.DistributedTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;

/** Places orders: each is one saga over three databases. */
@ApplicationScoped
public class OrderService {
    @Inject
    StockService stock;

    @Inject
    PaymentService payments;

    @Inject
    ShippingService shipping;

    /** Reserves, charges and ships, or leaves nothing behind; returns the parcel's number. */
    @DistributedTransaction(timeout = "30s")
    public long place(Order order) throws SQLException {
        stock.reserve(order);
        payments.charge(order.id(), order.customer(), order.total());
        return shipping.ship(order);
    }
}
