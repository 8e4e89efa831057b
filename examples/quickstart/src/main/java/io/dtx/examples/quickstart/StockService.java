package io.dtx.examples.quickstart;

import io.dtx.SagaStep;
import io.dtx.cdi.Guarded;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Knows what is in stock. */
@ApplicationScoped
public class StockService {

    @Inject
    @Guarded("stock")
    DataSource stock;

    /** Takes an order's articles from the shelf. */
    @SagaStep(compensate = "release", resource = "stock")
    public void reserve(Order order) throws SQLException, RejectedException {
        int taken = Sql.update(
                stock,
                "UPDATE articles SET available = available - ? WHERE sku = ? AND available >= ?",
                order.quantity(),
                order.sku(),
                order.quantity());
        if (taken == 0) {
            throw new RejectedException("out of stock: " + order.sku());
        }
        Sql.update(
                stock,
                "INSERT INTO reservations (order_id, sku, quantity) VALUES (?, ?, ?)",
                order.id(),
                order.sku(),
                order.quantity());
    }

    void release(Order order) throws SQLException {
        Sql.update(stock, "UPDATE reservations SET undone_at = CURRENT_TIMESTAMP WHERE order_id = ?", order.id());
        Sql.update(stock, "UPDATE articles SET available = available + ? WHERE sku = ?", order.quantity(), order.sku());
    }
}
