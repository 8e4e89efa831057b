package io.dtx.runtime.simulation.kernel;

import org.jspecify.annotations.Nullable;

/** What {@link java.util.concurrent.locks.LockSupport} becomes. */
public final class SimulatedParking {

    private static final int SPURIOUS_ODDS = 200;

    private SimulatedParking() {}

    /** As {@link java.util.concurrent.locks.LockSupport#park(Object)}. */
    public static void park(Object blocker) {
        park(Long.MAX_VALUE);
    }

    /** As {@link java.util.concurrent.locks.LockSupport#parkNanos(Object, long)}. */
    public static void parkNanos(Object blocker, long nanos) {
        parkNanos(nanos);
    }

    /** As {@link java.util.concurrent.locks.LockSupport#parkNanos(long)}. */
    public static void parkNanos(long nanos) {
        if (nanos > 0) {
            park(Math.addExact(Strand.current().kernel.nanos(), Math.min(nanos, Long.MAX_VALUE / 2)));
        }
    }

    private static void park(long until) {
        Kernel.point();
        Strand me = Strand.current();
        boolean spurious = me.kernel.chance().oneIn(SPURIOUS_ODDS); // it may return for no reason
        if (!me.permit && !me.isInterrupted() && !spurious) {
            me.parked = true;
            try {
                me.kernel.suspend(me, until);
            } finally {
                me.parked = false;
            }
        }
        me.permit = false;
    }

    /** As {@link java.util.concurrent.locks.LockSupport#unpark}. */
    public static void unpark(@Nullable Strand strand) {
        Kernel.point();
        if (strand != null) {
            strand.permit = true;
            if (strand.parked) {
                strand.kernel.wake(strand);
            }
        }
    }
}
