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
