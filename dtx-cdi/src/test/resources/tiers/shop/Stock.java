package shop;

import io.dtx.DistributedTransaction;
import io.dtx.Propagation;
import io.dtx.SagaStep;
import io.dtx.StepResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

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

    @SagaStep(compensate = "giveBack")
    public String take(String what) {
        return what;
    }

    public void giveBack(@StepResult Optional<String> taken) {}

    public int count() {
        return 1;
    }
}
