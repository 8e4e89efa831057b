package bad;

import io.dtx.*;

class Shop {
    @SagaStep(
            compensate = "b",
            pivot = true) //! P006
    void a() {}

    void b() {}

    @DistributedTransaction(recovery = Recovery.FORWARD) //! P007
    void c() {}
}
