package io.dtx.runtime.simulation.kernel;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** What {@link java.util.concurrent.locks.ReentrantLock} becomes: whoever is woken first takes it. */
public final class SimulatedLock implements Lock {

    private final List<Strand> waiters = new ArrayList<>(0);
    private @Nullable Strand owner;
    private int holds;

    /** As {@link java.util.concurrent.locks.ReentrantLock#ReentrantLock()}. */
    public SimulatedLock() {}

    /** As {@link java.util.concurrent.locks.ReentrantLock#ReentrantLock(boolean)}; nobody has a turn. */
    public SimulatedLock(boolean fair) {}

    @Override
    public void lock() {
        Kernel.point();
        Strand me = Strand.current();
        while (owner != null && owner != me) {
            await(me, waiters, Long.MAX_VALUE);
        }
        owner = me;
        holds++;
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        Strand.current().refuseInterrupted();
        lock();
    }

    @Override
    public boolean tryLock() {
        Kernel.point();
        Strand me = Strand.current();
        if (owner != null && owner != me) {
            return false;
        }
        owner = me;
        holds++;
        return true;
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        Strand me = Strand.current();
        long end = me.kernel.nanos() + unit.toNanos(time);
        while (!tryLock()) {
            if (me.kernel.nanos() >= end) {
                return false;
            }
            me.refuseInterrupted();
            await(me, waiters, end);
        }
        return true;
    }

    @Override
    public void unlock() {
        Strand me = Strand.current();
        if (me.dying) {
            return; // nobody of its process will ask for it
        }
        if (owner != me) {
            throw new IllegalMonitorStateException();
        }
        if (--holds == 0) {
            owner = null;
            waiters.forEach(me.kernel::wake);
            Kernel.point();
        }
    }

    /** As {@link java.util.concurrent.locks.ReentrantLock#isHeldByCurrentThread()}. */
    public boolean isHeldByCurrentThread() {
        return owner == Strand.current();
    }

    @Override
    public Condition newCondition() {
        return new Waiting();
    }

    static void await(Strand me, List<Strand> waiters, long until) {
        waiters.add(me);
        try {
            me.kernel.suspend(me, until);
        } finally {
            waiters.remove(me);
        }
    }

    private final class Waiting implements Condition {

        private final List<Strand> waiting = new ArrayList<>(0);
        private final List<Strand> signalled = new ArrayList<>(0);

        private boolean waitUntil(long until) {
            Strand me = Strand.current();
            int held = holds;
            if (owner != me) {
                throw new IllegalMonitorStateException();
            }
            waiting.add(me);
            owner = null;
            holds = 0;
            waiters.forEach(me.kernel::wake);
            try {
                while (waiting.contains(me) && me.kernel.nanos() < until && !me.isInterrupted()) {
                    me.kernel.suspend(me, until);
                }
            } finally {
                waiting.remove(me);
            }
            boolean told = signalled.remove(me);
            lock();
            holds = held;
            return told;
        }

        @Override
        public void await() throws InterruptedException {
            Strand.current().refuseInterrupted();
            if (!waitUntil(Long.MAX_VALUE)) {
                Strand.current().refuseInterrupted();
            }
        }

        @Override
        public void awaitUninterruptibly() {
            waitUntil(Long.MAX_VALUE);
        }

        @Override
        public long awaitNanos(long nanos) throws InterruptedException {
            return left(nanos);
        }

        private long left(long nanos) throws InterruptedException {
            Strand me = Strand.current();
            me.refuseInterrupted();
            long end = me.kernel.nanos() + Math.max(0, nanos);
            if (!waitUntil(end)) {
                me.refuseInterrupted();
            }
            return end - me.kernel.nanos();
        }

        @Override
        public boolean await(long time, TimeUnit unit) throws InterruptedException {
            return left(unit.toNanos(time)) > 0;
        }

        @Override
        public boolean awaitUntil(Date deadline) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void signal() {
            if (!waiting.isEmpty()) {
                tell(waiting.get(0));
            }
        }

        @Override
        public void signalAll() {
            List.copyOf(waiting).forEach(this::tell);
        }

        private void tell(Strand strand) {
            waiting.remove(strand);
            signalled.add(strand);
            strand.kernel.wake(strand);
        }
    }
}
