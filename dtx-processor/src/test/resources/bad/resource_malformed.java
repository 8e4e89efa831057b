package bad;

import io.dtx.*;

class Shop {
    @SagaStep(compensate = "b", resource = "the stock") //! P005
    void a() {}

    void b() {}
}
