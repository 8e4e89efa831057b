package shop;

import io.dtx.DistributedTransaction;
import io.dtx.Propagation;
import io.dtx.SagaStep;
import jakarta.enterprise.context.ApplicationScoped;

/** Annotated as a whole, with a step. */
@ApplicationScoped
@DistributedTransaction(propagation = Propagation.SUPPORTS)
public class Stock {
    public static int reserved;

    @Changes("step")
    @SagaStep(compensate = "release")
    public String reserve(String what) {
        reserved++;
        return what;
    }

    public void release(String what) {}

    public int count() {
        return 1;
    }
}
