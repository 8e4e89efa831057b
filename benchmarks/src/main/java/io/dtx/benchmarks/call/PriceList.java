package io.dtx.benchmarks.call;

import io.dtx.DistributedTransaction;
import io.dtx.Propagation;

/** Something that works inside and outside of transactions. */
public class PriceList {

    private final long base;

    /** Sells at this base price. */
    public PriceList(long base) {
        this.base = base;
    }

    /** Returns the price of an item. */
    @DistributedTransaction(propagation = Propagation.SUPPORTS)
    public long price(long item) {
        return base + item;
    }
}
