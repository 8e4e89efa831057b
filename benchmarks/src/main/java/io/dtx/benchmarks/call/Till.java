package io.dtx.benchmarks.call;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;

/** A transaction of many steps, each with arguments and a result that are recorded. */
public class Till {

    /** Is made by dtx. */
    public Till() {}

    /** Takes so many payments. */
    @DistributedTransaction(timeout = "1h")
    public long day(int payments) {
        long total = 0;
        for (int i = 0; i < payments; i++) {
            total += take(i, 100);
        }
        return total;
    }

    /** Takes a payment. */
    @SagaStep(compensate = "giveBack")
    public long take(long customer, int amount) {
        return customer + amount;
    }

    void giveBack(long customer, int amount) {}
}
