package shop;

import io.dtx.SagaStep;

/** Its step is inherited. */
public abstract class Base<T> {
    @SagaStep(compensate = SagaStep.NONE)
    public T write(T what) {
        return what;
    }
}
