package names;

import io.dtx.SagaStep;
import io.dtx.StepResult;
import java.util.ArrayList;

/** Everything here is called like something in generated code. */
class Awkward {

    record List(String in, int frame, long e, Optional value, Optional begin) {}

    record Optional(String name) {}

    record ReserveResult(StepGateway out) {}

    enum StepGateway {
        IN,
        OUT
    }

    final ArrayList<String> done = new ArrayList<>();

    @SagaStep(compensate = "undo", resource = "r")
    ReserveResult reserve(List out, Optional step, int bean, String gateway, String arguments, byte dtxGateway) {
        return new ReserveResult(StepGateway.OUT);
    }

    void undo(
            List out,
            Optional step,
            int bean,
            String gateway,
            String arguments,
            byte dtxGateway,
            @StepResult ReserveResult result) {
        done.add(out + " " + step + " " + bean + gateway + arguments + dtxGateway + result);
    }

    @SagaStep(compensate = "undoOne", name = "one")
    void over(int[] one) {}

    void undoOne(int... one) {
        done.add("one " + one[0]);
    }

    @SagaStep(compensate = "undoTwo", name = "two, with \u00e9 and spaces")
    void over(long[] two) {}

    void undoTwo(long... two) {
        done.add("two " + two[0]);
    }

    @SagaStep(compensate = SagaStep.NONE, name = "three")
    void OVER() {}
}
