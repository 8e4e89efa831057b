package io.dtx.runtime.simulation.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a {@link java.util.concurrent.ScheduledThreadPoolExecutor} of one thread becomes. */
final class SimulatedTimer extends AbstractExecutorService implements ScheduledExecutorService {

    private final PriorityQueue<Task> queue =
            new PriorityQueue<>(Comparator.<Task>comparingLong(each -> each.due).thenComparingLong(each -> each.order));
    private final List<Strand> waiting = new ArrayList<>(1);
    private final List<Strand> awaiting = new ArrayList<>(0);
    private final StrandFactory factory;
    private @Nullable Strand worker;
    private long orders;
    private boolean shutdown;
    private boolean ended;

    SimulatedTimer(StrandFactory factory) {
        this.factory = factory;
    }

    private Task add(Runnable body, long delayNanos, long periodNanos) {
        Kernel.point();
        if (shutdown) {
            throw new RejectedExecutionException("shut down");
        }
        Task task = new Task(body, Strand.current().kernel.nanos() + Math.max(0, delayNanos), periodNanos, ++orders);
        queue.add(task);
        if (worker == null) {
            worker = factory.newThread(this::work);
            worker.start();
        } else {
            waiting.forEach(each -> each.kernel.wake(each));
        }
        return task;
    }

    private void work() {
        Strand me = Strand.current();
        try {
            for (Task task = next(me); task != null; task = next(me)) {
                if (task.runs() && task.periodNanos > 0 && !shutdown && !task.isCancelled()) {
                    task.due = me.kernel.nanos() + task.periodNanos;
                    task.order = ++orders;
                    queue.add(task);
                }
            }
        } finally {
            ended = true;
            awaiting.forEach(me.kernel::wake);
        }
    }

    private @Nullable Task next(Strand me) {
        Kernel.point();
        while (true) {
            Task first = queue.peek();
            if (first == null && shutdown) {
                return null;
            }
            if (first != null && (first.isCancelled() || (shutdown && first.periodNanos > 0))) {
                queue.poll();
            } else if (first != null && first.due <= me.kernel.nanos()) {
                return queue.poll();
            } else {
                SimulatedLock.await(me, waiting, first == null ? Long.MAX_VALUE : first.due);
            }
        }
    }

    @Override
    public void execute(Runnable body) {
        Task unused = add(body, 0, 0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable body, long delay, TimeUnit unit) {
        return add(body, unit.toNanos(delay), 0);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> body, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable body, long delay, long period, TimeUnit unit) {
        return scheduleWithFixedDelay(body, delay, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable body, long delay, long period, TimeUnit unit) {
        return add(body, unit.toNanos(delay), unit.toNanos(period));
    }

    @Override
    public void shutdown() {
        Kernel.point();
        shutdown = true;
        ended |= worker == null;
        waiting.forEach(each -> each.kernel.wake(each));
    }

    @Override
    public List<Runnable> shutdownNow() {
        queue.clear();
        shutdown();
        if (worker != null) {
            worker.interrupt();
        }
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return ended;
    }

    @Override
    public boolean awaitTermination(long time, TimeUnit unit) throws InterruptedException {
        Strand me = Strand.current();
        long end = me.kernel.nanos() + unit.toNanos(time);
        Kernel.point();
        while (!ended && me.kernel.nanos() < end) {
            me.refuseInterrupted();
            SimulatedLock.await(me, awaiting, end);
        }
        return ended;
    }

    private static final class Task extends CompletableFuture<Object> implements ScheduledFuture<Object> {

        private final Runnable body;
        private final long periodNanos;
        private long due;
        private long order;

        Task(Runnable body, long due, long periodNanos, long order) {
            this.body = body;
            this.due = due;
            this.periodNanos = periodNanos;
            this.order = order;
        }

        /** Returns whether it ended well: one that throws is never run again, without a word, and that is a bug. */
        boolean runs() {
            try {
                body.run();
                return true;
            } catch (RuntimeException e) {
                Kernel.current().complain("a timer's task died of " + e);
                return false;
            }
        }

        @Override
        public long getDelay(TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int compareTo(Delayed other) {
            throw new UnsupportedOperationException();
        }
    }
}
