package bad;

import io.dtx.*;

class StockService {
    @SagaStep(
            resource = "stock",
            compensate = "relase") //! P012
    void reserve(String sku) {}

    void release(String sku) {}

    @SagaStep(compensate = "somethingElse") //! P012
    void other() {}
}
