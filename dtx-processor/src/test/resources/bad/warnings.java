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
