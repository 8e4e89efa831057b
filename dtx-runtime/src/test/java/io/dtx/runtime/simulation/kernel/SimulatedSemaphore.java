package io.dtx.runtime.simulation.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What {@link java.util.concurrent.Semaphore} becomes. */
public final class SimulatedSemaphore {

    private final List<Strand> waiters = new ArrayList<>(0);
    private int permits;

    /** As {@link java.util.concurrent.Semaphore#Semaphore(int)}. */
    public SimulatedSemaphore(int permits) {
        this.permits = permits;
    }

    /** As {@link java.util.concurrent.Semaphore#acquireUninterruptibly()}. */
    public void acquireUninterruptibly() {
        Kernel.point();
        Strand me = Strand.current();
        while (permits == 0) {
            SimulatedLock.await(me, waiters, Long.MAX_VALUE);
        }
        permits--;
    }

    /** As {@link java.util.concurrent.Semaphore#acquire()}. */
    public void acquire() throws InterruptedException {
        tryAcquire(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }

    /** As {@link java.util.concurrent.Semaphore#tryAcquire(long, TimeUnit)}. */
    public boolean tryAcquire(long time, TimeUnit unit) throws InterruptedException {
        Kernel.point();
        Strand me = Strand.current();
        long nanos = unit.toNanos(time);
        long end = nanos == Long.MAX_VALUE ? nanos : me.kernel.nanos() + nanos;
        while (permits == 0) {
            me.refuseInterrupted();
            if (me.kernel.nanos() >= end) {
                return false;
            }
            SimulatedLock.await(me, waiters, end);
        }
        permits--;
        return true;
    }

    /** As {@link java.util.concurrent.Semaphore#tryAcquire()}. */
    public boolean tryAcquire() {
        Kernel.point();
        if (permits == 0) {
            return false;
        }
        permits--;
        return true;
    }

    /** As {@link java.util.concurrent.Semaphore#drainPermits()}. */
    public int drainPermits() {
        Kernel.point();
        int drained = permits;
        permits = 0;
        return drained;
    }

    /** As {@link java.util.concurrent.Semaphore#release()}. */
    public void release() {
        release(1);
    }

    /** As {@link java.util.concurrent.Semaphore#release(int)}. */
    public void release(int more) {
        Kernel.point();
        permits += more;
        waiters.forEach(each -> each.kernel.wake(each));
    }
}
