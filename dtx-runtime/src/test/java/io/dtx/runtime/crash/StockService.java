package io.dtx.runtime.crash;

import io.dtx.SagaStep;
import io.dtx.StepResult;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The first step of an order. */
public class StockService {

    private final DataSource stock;
    private final Effects effects;

    StockService(DataSource stock, Effects effects) {
        this.stock = stock;
        this.effects = effects;
    }

    /** Reserves. */
    @SagaStep(resource = "stock", compensate = "release")
    public long reserve(int order, long amount) throws SQLException {
        effects.add(stock, order, "D", amount);
        return Orders.receipt(order, amount);
    }

    void release(int order, long amount, @StepResult long receipt) throws SQLException {
        Orders.requireReceipt(receipt, order, amount);
        effects.add(stock, order, "U", amount);
    }
}
