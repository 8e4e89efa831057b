package io.dtx.testkit;

import io.dtx.SagaStep;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Takes articles from the shelf. */
public class StockService {

    private final DataSource stock;

    public StockService(DataSource stock) {
        this.stock = stock;
    }

    @SagaStep(compensate = "release", resource = "stock")
    public void reserve(String sku, int quantity) throws SQLException {
        Sql.update(stock, "update item set available = available - ? where sku = ?", quantity, sku);
    }

    void release(String sku, int quantity) throws SQLException {
        Sql.update(stock, "update item set available = available + ? where sku = ?", quantity, sku);
    }
}
