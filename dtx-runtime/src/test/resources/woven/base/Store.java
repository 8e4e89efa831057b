package base;

import io.dtx.SagaStep;
import shop.Trace;

/** In another package, and of a type that its heirs choose. */
public abstract class Store<T extends Comparable<T>> {
    @Trace.Mark("put")
    @SagaStep(compensate = "remove")
    protected T put(@Trace.Mark("value") T value, long[]... places) {
        Trace.line("put " + value + places.length);
        return value;
    }

    public void remove(T value) {
        Trace.line("undo put " + value);
    }
}
