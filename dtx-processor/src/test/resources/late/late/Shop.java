package late;

import io.dtx.SagaStep;

class Shop {

    @SagaStep(compensate = "undo")
    void add(Line line) {}

    void undo(Line line) {}
}
