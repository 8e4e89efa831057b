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

    /**
     * Reserves, charges and ships, or leaves nothing behind.
     *
     * @return the parcel's number
     * @throws RejectedException if stock, customer or carrier say no
     */
    @DistributedTransaction(timeout = "30s")
    public long place(Order order) throws SQLException, RejectedException {
        stock.reserve(order);
        payments.charge(order.id(), order.customer(), order.total());
        return shipping.ship(order);
    }
}
