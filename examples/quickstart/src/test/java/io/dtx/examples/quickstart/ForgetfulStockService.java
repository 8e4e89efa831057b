package io.dtx.examples.quickstart;

import io.dtx.SagaStep;
import java.sql.SQLException;
import org.apache.commons.dbutils.QueryRunner;

/** A planted bug: it gives the articles back, and forgets the reservation. */
public class ForgetfulStockService extends StockService {

    @Override
    @SagaStep(compensate = "release", resource = "stock")
    public void reserve(Order order) throws SQLException {
        super.reserve(order);
    }

    @Override
    void release(Order order) throws SQLException {
        String give = "UPDATE articles SET available = available + ? WHERE sku = ?";
        new QueryRunner(stock).update(give, order.quantity(), order.sku());
    }
}
