package woven.base;

import io.dtx.*;

public abstract class Store<T extends Comparable<T>> {
    public T last;

    @SagaStep(compensate = "remove")
    protected T put(T value, long[][] places) {
        last = value;
        return value;
    }

    public void remove(T value) {
        last = null;
    }
}
