package io.dtx.runtime.atomic;

import io.dtx.DistributedTransaction;
import io.dtx.Propagation;
import io.dtx.SagaStep;
import io.dtx.TransactionMode;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Works with the same databases in steps of sagas and in ATOMIC transactions. */
class SharedResourceService {

    private final DataSource east;
    private final DataSource west;

    SharedResourceService(DataSource east, DataSource west) {
        this.east = east;
        this.west = west;
    }

    @DistributedTransaction
    public void move(long amount, boolean fails) throws SQLException {
        take(amount);
        if (fails) {
            throw new IllegalArgumentException("changed my mind");
        }
        give(amount);
    }

    @DistributedTransaction
    public void moveAndReport(long amount) throws SQLException {
        take(amount);
        transferApart(amount);
        throw new IllegalArgumentException("the saga fails, not the transfer");
    }

    @DistributedTransaction(mode = TransactionMode.ATOMIC)
    public void transfer(long amount) throws SQLException {
        Bank.add(east, -amount);
        Bank.add(west, amount);
    }

    @DistributedTransaction(mode = TransactionMode.ATOMIC, propagation = Propagation.REQUIRES_NEW)
    void transferApart(long amount) throws SQLException {
        transfer(amount);
    }

    @SagaStep(compensate = "putBack", resource = "east")
    long take(long amount) throws SQLException {
        Bank.add(east, -amount);
        return amount;
    }

    void putBack(long amount) throws SQLException {
        Bank.add(east, amount);
    }

    @SagaStep(compensate = SagaStep.NONE, resource = "west")
    void give(long amount) throws SQLException {
        Bank.add(west, amount);
    }

    @SagaStep(compensate = SagaStep.NONE, resource = "west", standalone = true)
    public void giveAlone(long amount) throws SQLException {
        Bank.add(west, amount);
    }

    @SagaStep(compensate = SagaStep.NONE, resource = "west", standalone = true)
    public void takeElsewhere(long amount) throws SQLException {
        Bank.add(east, -amount);
    }
}
