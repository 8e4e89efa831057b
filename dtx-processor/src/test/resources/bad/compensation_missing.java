package bad;

import io.dtx.*;

class Shop {
    @SagaStep //! P010
    void a() {}

    @SagaStep(compensate = "") //! P010
    void b() {}
}
