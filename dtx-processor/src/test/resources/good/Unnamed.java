import io.dtx.SagaStep;

class Unnamed {

    String undone = "";

    @SagaStep(compensate = "undo")
    void add(String sku) {}

    void undo(String sku) {
        undone += sku;
    }
}
