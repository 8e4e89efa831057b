package bad;

import io.dtx.*;

class Shop {
    @SagaStep(compensate = "b", name = "a \"quoted\" one") //! P002
    void a() {}

    void b() {}

    @DistributedTransaction(
            name = " padded") //! P002
    void c() {}
}
