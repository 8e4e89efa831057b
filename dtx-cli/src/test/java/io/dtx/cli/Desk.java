package io.dtx.cli;

import io.dtx.SagaStep;
import io.dtx.StepRetry;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Steps whose compensations can be made to fail. */
public class Desk {

    private final DataSource stock;
    private volatile boolean broken;

    Desk(DataSource stock) {
        this.stock = stock;
    }

    void breakDown(boolean now) {
        broken = now;
    }

    /** A call to somebody else. */
    @SagaStep(compensate = "hangUp", compensationRetry = @StepRetry(maxAttempts = 1))
    public void call(int order) {}

    void hangUp(int order) {
        if (broken) {
            throw new IllegalStateException("the line is dead");
        }
    }

    /** A guarded step. */
    @SagaStep(resource = "stock", compensate = "putBack", compensationRetry = @StepRetry(maxAttempts = 1))
    public void take(int order) throws SQLException {
        try (var connection = stock.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("insert into taken values (" + order + ")");
        }
    }

    void putBack(int order) throws SQLException {
        hangUp(order);
        try (var connection = stock.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("delete from taken where id = " + order);
            statement.execute("insert into put_back values (" + order + ")");
        }
    }

    /** A step in another database, which changes nothing there. */
    @SagaStep(resource = "till", compensate = "refund", compensationRetry = @StepRetry(maxAttempts = 1))
    public void charge(int order) {}

    void refund(int order) {
        hangUp(order);
    }
}
