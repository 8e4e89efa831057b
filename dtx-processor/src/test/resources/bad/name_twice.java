package bad;

import io.dtx.*;

class Shop {
    @SagaStep(compensate = "undo")
    void add(String sku) {}

    @SagaStep(compensate = "undo") //! P003
    void add(String sku, int quantity) {}

    void undo(String sku) {}

    @DistributedTransaction(name = "same")
    void a() {}

    @DistributedTransaction(
            timeout = "1s",
            name = "same") //! P003
    void b() {}
}
