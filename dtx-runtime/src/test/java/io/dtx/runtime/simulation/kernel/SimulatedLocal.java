package io.dtx.runtime.simulation.kernel;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What {@link ThreadLocal} becomes. */
public class SimulatedLocal<T extends @Nullable Object> {

    /** As {@link ThreadLocal#withInitial}. */
    public static <S extends @Nullable Object> SimulatedLocal<S> withInitial(Supplier<? extends S> supplier) {
        return new SimulatedLocal<>() {
            @Override
            protected @Nullable S initialValue() {
                return supplier.get();
            }
        };
    }

    /** As {@link ThreadLocal#initialValue()}. */
    protected @Nullable T initialValue() {
        return null;
    }

    /** As {@link ThreadLocal#get()}. */
    @SuppressWarnings("unchecked") // only set() puts it there
    public @Nullable T get() {
        Strand me = Strand.current();
        if (!me.locals.containsKey(this)) {
            me.locals.put(this, initialValue());
        }
        return (T) me.locals.get(this);
    }

    /** As {@link ThreadLocal#set}. */
    public void set(@Nullable T value) {
        Strand.current().locals.put(this, value);
    }

    /** As {@link ThreadLocal#remove()}. */
    public void remove() {
        Strand.current().locals.remove(this);
    }
}
