// -Adtx.weave=bytecode
package bad;

import io.dtx.*;

interface Port {
    @DistributedTransaction(propagation = Propagation.REQUIRES_NEW)
    default void send(String what) {}

    @SagaStep(compensate = SagaStep.NONE)
    default void look() {}
}

class Plain implements Port {
    @Override
    public void send(String what) {} //! P091
}

class Both extends Plain {
    @DistributedTransaction
    void place() {}

    @Override
    public void look() {} //! P091
}

enum Level implements Port {
    LOW;

    @Override
    public void look() {} //! P091
}
