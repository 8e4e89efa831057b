package io.dtx.runtime.secrets;

import io.dtx.DistributedTransaction;
import io.dtx.Propagation;
import io.dtx.Sensitive;

/** Orchestrating methods that do what they are told. */
public class CheckoutService {

    /** What a test has done. */
    public interface Body {
        /** Runs. */
        void run() throws Exception;
    }

    /** Has nothing sensitive itself. */
    @DistributedTransaction
    public void plain(Body body) throws Exception {
        body.run();
    }

    /** Is given a card. */
    @DistributedTransaction
    public void withCard(@Sensitive String card, Body body) throws Exception {
        body.run();
    }

    /** Is a transaction of its own. */
    @DistributedTransaction(propagation = Propagation.REQUIRES_NEW)
    public void apart(Body body) throws Exception {
        body.run();
    }

    /** Is in no transaction. */
    @DistributedTransaction(propagation = Propagation.NOT_SUPPORTED)
    public void outside(Body body) throws Exception {
        body.run();
    }
}
