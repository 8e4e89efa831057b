package bad;

import io.dtx.*;

class Shop {
    @SagaStep(compensate = "undo") //! P011
    void a(int x) {}

    void undo() {}

    void undo(int x) {}
}
