package io.dtx.runtime.simulation.kernel;

/** What {@link java.util.concurrent.atomic.AtomicBoolean} becomes. */
public final class SimulatedFlag {

    private boolean value;

    /** As {@link java.util.concurrent.atomic.AtomicBoolean#AtomicBoolean()}. */
    public SimulatedFlag() {}

    /** As {@link java.util.concurrent.atomic.AtomicBoolean#AtomicBoolean(boolean)}. */
    public SimulatedFlag(boolean value) {
        this.value = value;
    }

    /** As {@link java.util.concurrent.atomic.AtomicBoolean#get()}. */
    public boolean get() {
        Kernel.point();
        return value;
    }

    /** As {@link java.util.concurrent.atomic.AtomicBoolean#set}. */
    public void set(boolean next) {
        Kernel.point();
        value = next;
    }

    /** As {@link java.util.concurrent.atomic.AtomicBoolean#compareAndSet}. */
    public boolean compareAndSet(boolean expected, boolean next) {
        Kernel.point();
        boolean is = value == expected;
        if (is) {
            value = next;
        }
        return is;
    }

    /** As {@link java.util.concurrent.atomic.AtomicBoolean#getAndSet}. */
    public boolean getAndSet(boolean next) {
        Kernel.point();
        boolean was = value;
        value = next;
        return was;
    }
}
