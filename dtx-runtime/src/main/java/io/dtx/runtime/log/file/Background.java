package io.dtx.runtime.log.file;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The threads that write beside the appends: at most one for the next segment and one for a snapshot; none when idle. */
final class Background implements Executor, AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool(Background::thread);

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** Waits until every task has ended, also when the caller is interrupted. */
    @Override
    public void close() {
        threads.shutdown();
        boolean interrupted = false;
        while (!threads.isTerminated()) {
            try {
                threads.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs a task that waits for the others. */
    static void inAnotherThread(Runnable task) {
        thread(task).start();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "dtx-log-files");
        thread.setDaemon(true);
        return thread;
    }
}
