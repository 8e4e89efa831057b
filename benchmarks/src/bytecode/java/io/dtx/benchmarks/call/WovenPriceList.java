package io.dtx.benchmarks.call;

import io.dtx.DistributedTransaction;
import io.dtx.Propagation;

/** A price list whose bytecode the build weaves. */
public class WovenPriceList {

    private final long base;

    /** Sells at this base price. */
    public WovenPriceList(long base) {
        this.base = base;
    }

    /** Returns the price of an item. */
    @DistributedTransaction(propagation = Propagation.SUPPORTS)
    public long price(long item) {
        return base + item;
    }
}
