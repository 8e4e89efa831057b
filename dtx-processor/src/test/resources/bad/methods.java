package bad;

import io.dtx.*;

class Shop {
    @SagaStep(compensate = SagaStep.NONE)
    private void hidden() {} //! P040

    @DistributedTransaction
    static void shared() {} //! P041

    @DistributedTransaction
    final void fixed() {} //! P042

    @SagaStep(compensate = SagaStep.NONE)
    <T> T generic(T value) { //! P045
        return value;
    }

    @SagaStep(compensate = SagaStep.NONE)
    @DistributedTransaction
    void both() {} //! P049

    @SagaStep(compensate = SagaStep.NONE)
    void asks(
            String sku,
            StepContext context) {} //! P050

    private static class Secret {}

    @DistributedTransaction
    void tells(Secret secret) {} //! P052
}
