package bad;

import io.dtx.*;

@SagaStep(compensate = "b") //! P001
class Shop {
    @SagaStep(compensate = "b")
    void a() {}

    void b() {}
}
