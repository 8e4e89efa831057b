package bad;

import io.dtx.*;
import java.io.InputStream;
import java.util.*;

class Shop {
    record Order(String id, List<Line> lines) {}

    record Line(Thread worker) {}

    sealed interface Shape permits Square, Blob {}

    record Square(int side) implements Shape {}

    static final class Blob implements Shape {}

    @SagaStep(compensate = "undo", resource = "r")
    Object charge(InputStream request, Order order, ArrayList<String> list, List raw, Map<String, ?> any, Shape shape) {
        return request;
    }

    void undo(
            InputStream request, //! P031
            Order order, //! P031
            ArrayList<String> list, //! P031
            List raw, //! P031
            Map<String, ?> any, //! P031
            Shape shape, //! P031
            @StepResult Object result) {} //! P030
}
