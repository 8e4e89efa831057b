package shop;

import io.dtx.DistributedTransaction;
import io.dtx.SagaStep;
import lombok.Getter;
import lombok.NonNull;
import lombok.RequiredArgsConstructor;

@RequiredArgsConstructor
class ShopService {

    private final String name;

    @NonNull
    private final Integer limit;

    @Getter
    private String undone = "";

    @SagaStep(compensate = "undo")
    Line add(Line line) {
        return line;
    }

    void undo(Line line) {
        undone += name + limit + line.sku();
    }

    @DistributedTransaction
    public void place(String sku) {
        add(new Line(sku));
    }

    @lombok.Builder
    record Line(String sku) {}
}
