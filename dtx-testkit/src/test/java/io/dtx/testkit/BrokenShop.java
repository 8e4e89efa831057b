package io.dtx.testkit;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A shop with one planted bug. */
public class BrokenShop {

    /** What is wrong. */
    enum Bug {
        NONE,
        COMPENSATION_DOES_NOTHING,
        COMPENSATION_GIVES_BACK_TOO_LITTLE,
        COMPENSATION_FAILS_ALWAYS,
        STEP_WRITES_ELSEWHERE,
        CANCELS_WITHOUT_KEY,
        SWALLOWS_A_FAILURE
    }

    private final Bug bug;
    private final DataSource stock;
    private final DataSource elsewhere;
    private int booked;

    /** Has a database of its own, and one that none of its steps is about. */
    public BrokenShop(Bug bug, DataSource stock, DataSource elsewhere) {
        this.bug = bug;
        this.stock = stock;
        this.elsewhere = elsewhere;
    }

    @DistributedTransaction
    public void sell(int quantity) throws SQLException {
        try {
            reserve(quantity);
        } catch (InjectedFailure e) {
            if (bug != Bug.SWALLOWS_A_FAILURE) {
                throw e;
            }
        }
        book(quantity);
    }

    /** Calls one step twice. */
    @DistributedTransaction
    public void sellInParts(int first, int second) throws SQLException {
        reserve(first);
        reserve(second);
    }

    /** Commits whatever was done before a failure. */
    @DistributedTransaction(dontRollbackOn = RuntimeException.class)
    public void sellAsFarAsItGoes(int quantity) throws SQLException {
        reserve(quantity);
        book(quantity);
    }

    @SagaStep(compensate = "release", resource = "stock")
    void reserve(int quantity) throws SQLException {
        if (bug == Bug.STEP_WRITES_ELSEWHERE) {
            Sql.update(elsewhere, "update account set balance = balance - 1");
        }
        Sql.update(stock, "update item set available = available - ?", quantity);
    }

    void release(int quantity) throws SQLException {
        if (bug == Bug.COMPENSATION_FAILS_ALWAYS) {
            throw new IllegalStateException("no such article");
        }
        if (bug == Bug.STEP_WRITES_ELSEWHERE) {
            Sql.update(elsewhere, "update account set balance = balance + 1");
        }
        if (bug != Bug.COMPENSATION_DOES_NOTHING) {
            int back = bug == Bug.COMPENSATION_GIVES_BACK_TOO_LITTLE ? 1 : quantity;
            Sql.update(stock, "update item set available = available + ?", back);
        }
    }

    @SagaStep(compensate = "cancel", noEffectOn = IllegalStateException.class)
    void book(int quantity) {
        booked += quantity;
    }

    void cancel(int quantity) {
        booked = bug == Bug.CANCELS_WITHOUT_KEY ? booked - quantity : 0;
    }

    int booked() {
        return booked;
    }
}
