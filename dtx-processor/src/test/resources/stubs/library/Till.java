package library;

import io.dtx.SagaStep;
import io.dtx.spi.GeneratedCalls;
import io.dtx.spi.Woven;

/** As the weaver leaves a class; its generated calls do not matter to heirs. */
@Woven(GeneratedCalls.class)
public class Till {
    @SagaStep(compensate = SagaStep.NONE)
    public int write(int amount) {
        return amount;
    }
}
