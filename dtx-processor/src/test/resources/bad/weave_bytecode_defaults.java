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

@DistributedTransaction
class Covered implements Port {
    public void place() {}
}

interface Unmarked {
    default void move() {}
}

@DistributedTransaction //! P079
record Amount(long cents) implements Unmarked {
    public void place() {}
}
