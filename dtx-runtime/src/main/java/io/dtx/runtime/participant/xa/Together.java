package io.dtx.runtime.participant.xa;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The branches of one transaction. They are prepared at the same time, and committed at the same time once that is decided:
 * Narayana asks one after the other, the first one that it asks sets the others going, and they have their answers ready when
 * they are asked.
 */
final class Together {

    private static final int THREADS_MAX = 16;
    private static final long IDLE_SECONDS = 10;

    private static final ThreadLocal<Boolean> WORKING = new ThreadLocal<>();

    private final @Nullable Executor others;
    private final List<ParallelBranch> branches = new CopyOnWriteArrayList<>();

    /**
     * Begins with no branch.
     *
     * @param others works for all branches but the one that is asked first; null: each waits until it is asked
     */
    Together(@Nullable Executor others) {
        this.others = others;
    }

    /** Makes what works for the branches of all transactions. Above its limit, whoever asks does the work. */
    static ThreadPoolExecutor workers() {
        return new ThreadPoolExecutor(
                0,
                THREADS_MAX,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "dtx-xa-branch");
                    thread.setDaemon(true);
                    return thread;
                },
                (task, pool) -> task.run());
    }

    /** Returns whether this thread works for a branch of a transaction that belongs to another thread. */
    static boolean isWorking() {
        return WORKING.get() != null;
    }

    /** Starts the work for a branch. */
    static <T> FutureTask<T> execute(Executor workers, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        workers.execute(() -> {
            WORKING.set(true);
            try {
                task.run();
            } finally {
                WORKING.remove();
            }
        });
        return task;
    }

    /** Returns a branch as Narayana is to see it. */
    ParallelBranch add(GuardedXaResource branch) {
        ParallelBranch added = new ParallelBranch(branch, this);
        branches.add(added);
        return added;
    }

    void prepareOthers(ParallelBranch first) {
        Executor workers = others;
        if (workers != null) {
            for (ParallelBranch each : branches) {
                if (each != first) {
                    each.prepareAhead(workers);
                }
            }
        }
    }

    void commitOthers(ParallelBranch first) {
        Executor workers = others;
        if (workers != null) {
            for (ParallelBranch each : branches) {
                if (each != first) {
                    each.commitAhead(workers);
                }
            }
        }
    }
}
