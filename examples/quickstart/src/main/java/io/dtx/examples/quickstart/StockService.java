package io.dtx.examples.quickstart;

import io.dtx.SagaStep;
import io.dtx.cdi.Guarded;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.commons.dbutils.QueryRunner;

/** Takes articles from the shelf. */
@ApplicationScoped
public class StockService {
    @Inject
    @Guarded("stock")
    DataSource stock;

    @SagaStep(compensate = "release", resource = "stock")
    public void reserve(Order order) throws SQLException {
        QueryRunner sql = new QueryRunner(stock);
        String take = "UPDATE articles SET available = available - ? WHERE sku = ? AND available >= ?";
        if (sql.update(take, order.quantity(), order.sku(), order.quantity()) == 0) {
            throw new RejectedException("out of stock: " + order.sku());
        }
        String note = "INSERT INTO reservations (order_id, sku, quantity) VALUES (?, ?, ?)";
        sql.update(note, order.id(), order.sku(), order.quantity());
    }

    void release(Order order) throws SQLException {
        QueryRunner sql = new QueryRunner(stock);
        sql.update("UPDATE reservations SET undone_at = CURRENT_TIMESTAMP WHERE order_id = ?", order.id());
        sql.update("UPDATE articles SET available = available + ? WHERE sku = ?", order.quantity(), order.sku());
    }
}
