// -Adtx.weave=bytecode
package bad;

import io.dtx.*;

final class Shop {
    @SagaStep(compensate = "undo")
    private void sell() {}

    private void undo() {} //! P013

    @SagaStep(compensate = "undoShared")
    static void share() {}

    static void undoShared() {} //! P014

    @SagaStep(compensate = SagaStep.NONE)
    private <T> T generic(T value) { //! P045
        return value;
    }
}

abstract class Base {
    @DistributedTransaction
    private void hidden() {} //! P040

    @DistributedTransaction
    static void shared() {} //! P041

    @DistributedTransaction
    final void fixed() {} //! P042

    @DistributedTransaction //! P043
    abstract void open();
}

class Owner {
    @DistributedTransaction
    private void hidden() {} //! P040

    @DistributedTransaction
    static void shared() {}
}

class Heir extends Owner {
    @DistributedTransaction
    void own() {}
}

class Outer {
    private static class Hidden { //! P065
        @DistributedTransaction
        void a() {}
    }
}

final class Generic<T> { //! P067
    @DistributedTransaction
    void a(T t) {}
}

interface Port {
    @DistributedTransaction //! P044
    void open();

    @SagaStep(compensate = "undo") //! P044
    default void sell() {}

    void undo();
}

interface Typed<T> { //! P067
    @DistributedTransaction
    default void a(T t) {}
}

@DistributedTransaction //! P063
interface Whole {
    default void a() {}
}

@DistributedTransaction
enum Level {
    LOW;

    public void raise() {}
}
