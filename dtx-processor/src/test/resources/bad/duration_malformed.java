package bad;

import io.dtx.*;

class Shop {
    @SagaStep(
            compensate = "b",
            timeout = "3 sec", //! P004
            retry = @StepRetry(
                    delay = "1000", //! P004
                    maxDelay = "0s")) //! P004
    void a() {}

    void b() {}

    @DistributedTransaction(timeout = "0ms") //! P004
    void c() {}

    @DistributedTransaction(timeout = "99999999999h") //! P004
    void d() {}
}
