package shop;

import io.dtx.SagaStep;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

public class Shop implements Runnable {

    public record Order(String id, List<Line> lines) {}

    public record Line(int quantity, String sku) {}

    private String undone = "";

    @Override
    public void run() {
        place(new Order("o1", List.of(new Line(2, "a"))), "end");
    }

    @SagaStep(compensate = "undo")
    public void place(Order order, String end) {}

    public void undo(Order order, String end) {
        undone = order + " " + end;
    }

    @Override
    public String toString() {
        return undone;
    }
}
