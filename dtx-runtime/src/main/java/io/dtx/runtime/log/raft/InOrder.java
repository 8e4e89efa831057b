package io.dtx.runtime.log.raft;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Runs tasks one after the other, in their order, on the threads of another executor. Thread-safe. */
final class InOrder implements Executor {

    private final Executor threads;
    private final int waitingMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    /** Creates it; more than {@code waitingMax} tasks do not wait in it. */
    InOrder(Executor threads, int waitingMax) {
        this.threads = threads;
        this.waitingMax = waitingMax;
    }

    /**
     * Runs it after all that came before.
     *
     * @throws RejectedExecutionException if too many wait, or the threads take nothing any more
     */
    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            if (waiting.size() >= waitingMax) {
                throw new RejectedExecutionException(waitingMax + " tasks wait");
            }
            if (!running) {
                threads.execute(this::runAll);
                running = true;
            }
            waiting.add(task);
        } finally {
            lock.unlock();
        }
    }

    private void runAll() {
        Runnable task = next();
        while (task != null) {
            try {
                task.run();
            } catch (
                    Throwable
                            e) { // also an error: as an executor's own thread would, and the next one runs all the same
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
            task = next();
        }
    }

    private @Nullable Runnable next() {
        lock.lock();
        try {
            Runnable task = waiting.poll();
            running = task != null;
            return task;
        } finally {
            lock.unlock();
        }
    }
}
