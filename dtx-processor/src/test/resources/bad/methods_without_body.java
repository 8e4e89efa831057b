package bad;

import io.dtx.*;

abstract class Shop {
    @SagaStep(compensate = SagaStep.NONE) //! P043
    abstract void open();
}

interface Port {
    @SagaStep(compensate = SagaStep.NONE) //! P044
    void send();

    @DistributedTransaction //! P044
    default void sendAll() {}
}

@DistributedTransaction //! P063
interface Typed {}
