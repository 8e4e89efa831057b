package woven;

import io.dtx.*;

/** Classes that inherit steps, and call those that they override. */
class Ledger {
    @SagaStep(compensate = SagaStep.NONE)
    int write(int amount) {
        return amount;
    }

    static class Journal extends Ledger {
        @Override
        @SagaStep(compensate = SagaStep.NONE)
        int write(int amount) {
            return super.write(amount) + 1;
        }
    }

    static class Plain extends Ledger {}
}
