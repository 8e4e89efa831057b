package io.dtx.benchmarks.call;

import io.dtx.DistributedTransaction;
import io.dtx.Propagation;
import io.dtx.runtime.Dtx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** A price list that the interceptors of a CDI container enter for. */
@ApplicationScoped
public class InterceptedPriceList {

    private static final long BASE = 7;

    /** Is made by its container. */
    public InterceptedPriceList() {}

    /** Returns the price of an item. */
    @DistributedTransaction(propagation = Propagation.SUPPORTS)
    public long price(long item) {
        return BASE + item;
    }

    /** Configures dtx. */
    @ApplicationScoped
    public static class Configuration {

        /** Is made by its container. */
        public Configuration() {}

        /** Keeps the log in memory. */
        public void configure(@Observes Dtx.Builder dtx) {
            dtx.config("dtx.log", "memory");
        }
    }
}
