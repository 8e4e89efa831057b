package io.dtx.runtime.simulation.kernel;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What {@link java.util.concurrent.atomic.AtomicReference} becomes. */
public final class SimulatedReference<V extends @Nullable Object> {

    private @Nullable V value;

    /** As {@link java.util.concurrent.atomic.AtomicReference#AtomicReference()}. */
    public SimulatedReference() {}

    /** As {@link java.util.concurrent.atomic.AtomicReference#AtomicReference(Object)}. */
    public SimulatedReference(@Nullable V value) {
        this.value = value;
    }

    /** As {@link java.util.concurrent.atomic.AtomicReference#get()}. */
    public @Nullable V get() {
        Kernel.point();
        return value;
    }

    /** As {@link java.util.concurrent.atomic.AtomicReference#set}. */
    public void set(@Nullable V next) {
        Kernel.point();
        value = next;
    }

    /** As {@link java.util.concurrent.atomic.AtomicReference#compareAndSet}. */
    @SuppressWarnings("ReferenceEquality") // as the original
    public boolean compareAndSet(@Nullable V expected, @Nullable V next) {
        Kernel.point();
        boolean is = value == expected;
        if (is) {
            value = next;
        }
        return is;
    }

    /** As {@link java.util.concurrent.atomic.AtomicReference#getAndSet}. */
    public @Nullable V getAndSet(@Nullable V next) {
        Kernel.point();
        V was = value;
        value = next;
        return was;
    }

    /** As {@link java.util.concurrent.atomic.AtomicReference#updateAndGet}. */
    public @Nullable V updateAndGet(UnaryOperator<@Nullable V> update) {
        Kernel.point();
        value = update.apply(value);
        return value;
    }
}
