package io.dtx.runtime.crash;

import io.dtx.SagaStep;
import io.dtx.StepRetry;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A step whose compensation is tried twice only. */
public class FragileService {

    private final DataSource stock;
    private final Effects effects;

    FragileService(DataSource stock, Effects effects) {
        this.stock = stock;
        this.effects = effects;
    }

    /** Takes effect. */
    @SagaStep(resource = "stock", compensate = "undo", compensationRetry = @StepRetry(maxAttempts = 2, delay = "10ms"))
    public void take(int order) throws SQLException {
        effects.add(stock, order, "D", 1);
    }

    void undo(int order) throws SQLException {
        effects.add(stock, order, "U", 1);
    }
}
