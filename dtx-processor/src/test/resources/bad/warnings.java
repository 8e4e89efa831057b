package bad;

import io.dtx.*;
import org.eclipse.microprofile.faulttolerance.Retry;

class Shop {
    @SagaStep(compensate = SagaStep.NONE)
    @Retry //! P090
    void a() {}

    @DistributedTransaction
    void b() {}
}

class Cheap extends Shop {
    @Override
    void a() {} //! P091

    @Override
    void b() {} //! P091
}

class Safe {
    @SagaStep(compensate = "unpay")
    void pay(@Sensitive String card) {}

    void unpay(@Sensitive String card) {}

    String masked(
            @Sensitive String card, //! P092
            int visible,
            @Sensitive String holder) { //! P092
        return card + visible + holder;
    }
}

abstract class Base {
    void undo(@Sensitive String card) {}

    @SagaStep(compensate = SagaStep.NONE)
    void look(int card) {}
}
