package codecs;

import io.dtx.RecordedBy;
import io.dtx.SagaStep;
import io.dtx.StepResult;
import java.util.List;

class Till {

    record Bill(Money total, List<Money> parts, @RecordedBy(HexCodec.class) int color) {}

    String undone;

    @SagaStep(compensate = "giveBack", resource = "till")
    @RecordedBy(HexCodec.class)
    int take(Bill bill, Money tip, @RecordedBy(HexCodec.class) int number, @RecordedBy(HexCodec.class) Integer none) {
        return 255;
    }

    void giveBack(Bill bill, Money tip, int number, Integer none, @StepResult int result) {
        undone = bill.total().cents + " " + bill.parts().get(1).cents + " " + bill.color() + " " + tip + " " + number + " "
                + none + " " + result;
    }
}
