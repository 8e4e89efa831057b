// -Adtx.weave=none
package bad;

import io.dtx.*;

class Shop { //! P093
    @DistributedTransaction
    void place() {
        sell();
    }

    @SagaStep(compensate = SagaStep.NONE)
    void sell() {}

    @DistributedTransaction
    private void hidden() {} //! P040

    @DistributedTransaction
    static void shared() {} //! P041

    @DistributedTransaction
    final void fixed() {} //! P042
}

final class Final { //! P060
    @DistributedTransaction
    void place() {}
}

record Pair(int a) { //! P062
    @DistributedTransaction
    void place() {}
}

class Calls { //! P093
    @SagaStep(compensate = SagaStep.NONE)
    void sell() {}

    void sellTwice() {
        sell();
        sell();
    }
}

class Undoes {
    @SagaStep(compensate = "undo")
    void sell() {}

    void undo() {}

    @Override
    public String toString() {
        return "undoes";
    }
}

@DistributedTransaction
class Whole {
    public void place() {}
}

class Heir extends Whole {} //! P077

@DistributedTransaction
class CoveredHeir extends Whole {}

class Retries {
    @SagaStep(compensate = SagaStep.NONE, retry = @StepRetry(maxAttempts = 3)) //! P094
    void sell() {}
}
