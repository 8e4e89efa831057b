package shadowing;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import io.dtx.StepResult;

/** Beside types that are called like those of java.lang. */
class Service {

    record Order(java.lang.String id, java.lang.Integer quantity) {}

    int undone;

    @DistributedTransaction
    int place(Order order, Object unrecorded) throws java.lang.Exception {
        return reserve(order, 1L, true, "a");
    }

    @SagaStep(compensate = "release", resource = "r")
    int reserve(Order order, java.lang.Long number, boolean now, java.lang.String... names) {
        return order.quantity();
    }

    void release(
            Order order, java.lang.Long number, boolean now, java.lang.String[] names, @StepResult int result) {
        undone += order.quantity() + result;
    }
}
