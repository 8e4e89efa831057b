package bad.base;

import io.dtx.*;

public abstract class Base {
    @SagaStep(compensate = SagaStep.NONE)
    void look() {}
}
