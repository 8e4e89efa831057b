package generics;

import io.dtx.SagaStep;
import io.dtx.StepResult;
import java.util.List;
import java.util.Optional;

abstract class Store<T, K extends Comparable<K>> {

    @SagaStep(compensate = "remove", resource = "store")
    protected K save(T value, List<K> keys) throws StoreException {
        if (value == null) {
            throw new StoreException();
        }
        return insert(value);
    }

    void remove(T value, List<K> keys, @StepResult K key) {
        delete(value, key);
    }

    @SagaStep(compensate = "unpublish")
    public Optional<T> publish(T value) {
        return Optional.ofNullable(value);
    }

    public void unpublish(T value, @StepResult Optional<Optional<T>> published) {
        delete(value, null);
    }

    abstract K insert(T value);

    abstract void delete(T value, K key);

    static class StoreException extends Exception {
        private static final long serialVersionUID = 1;
    }
}
