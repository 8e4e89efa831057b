package io.dtx.runtime.simulation.kernel;

import java.util.AbstractQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What {@link java.util.concurrent.ArrayBlockingQueue} becomes. */
public final class SimulatedQueue<E> extends AbstractQueue<E> implements BlockingQueue<E> {

    private final ArrayDeque<E> elements = new ArrayDeque<>();
    private final List<Strand> waiters = new ArrayList<>(0);
    private final int capacity;

    /** As {@link java.util.concurrent.ArrayBlockingQueue#ArrayBlockingQueue(int)}. */
    public SimulatedQueue(int capacity) {
        this.capacity = capacity;
    }

    @Override
    public boolean offer(E element) {
        Kernel.point();
        if (elements.size() == capacity) {
            return false;
        }
        elements.add(element);
        waiters.forEach(each -> each.kernel.wake(each));
        return true;
    }

    @Override
    public @Nullable E poll() {
        Kernel.point();
        return elements.poll();
    }

    @Override
    public @Nullable E poll(long time, TimeUnit unit) throws InterruptedException {
        Kernel.point();
        Strand me = Strand.current();
        long end = me.kernel.nanos() + unit.toNanos(time);
        while (elements.isEmpty() && me.kernel.nanos() < end) {
            me.refuseInterrupted();
            SimulatedLock.await(me, waiters, end);
        }
        return elements.poll();
    }

    @Override
    public E take() throws InterruptedException {
        while (true) {
            E element = poll(1, TimeUnit.DAYS);
            if (element != null) {
                return element;
            }
        }
    }

    @Override
    public void put(E element) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean offer(E element, long time, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int remainingCapacity() {
        return capacity - elements.size();
    }

    @Override
    public int drainTo(Collection<? super E> into) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int drainTo(Collection<? super E> into, int max) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable E peek() {
        Kernel.point();
        return elements.peek();
    }

    @Override
    public Iterator<E> iterator() {
        return List.copyOf(elements).iterator();
    }

    @Override
    public int size() {
        Kernel.point();
        return elements.size();
    }
}
